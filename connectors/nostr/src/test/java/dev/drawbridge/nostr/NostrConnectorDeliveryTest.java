package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.translate.NativeEvents;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a connector brings to our relay and to others.
class NostrConnectorDeliveryTest extends ConnectorScene {
    /// Where Carol reads.
    private Destination other = OWN;

    @BeforeEach
    void somebodyReadsElsewhere() {
        other = carolReads(RELAY);
    }

    private Resolved resolved(Ghost ghost, Map<NativeId, ObjectRef> copies, Set<NativeId> follows) {
        var author = new Resolved.Actor(ALICE, Optional.of(ghost.id()), Optional.of(ghost.handle()), Optional.empty());
        var native1 = new Resolved.Actor(carol.id(), Optional.of(carol.id()), Optional.empty(), Optional.empty());
        Map<NativeId, Resolved.Post> posts = new LinkedHashMap<>();
        copies.forEach((original, copy) -> posts.put(
                original,
                new Resolved.Post(
                        original,
                        Optional.of(ALICE),
                        Optional.of(copy),
                        Optional.of(copy),
                        Optional.of(ghost.id()),
                        Optional.empty())));
        return new Resolved(Map.of(ALICE, author, carol.id(), native1), posts, Map.of(), follows);
    }

    private NativeDraft draft(Activity activity, Resolved resolved) {
        return ((Translation.Translated<NativeDraft>)
                        connector.translator().fromCanonical(activity, resolved, world.clock.instant()))
                .value();
    }

    private NativeDraft post(Ghost ghost) {
        var post = Post.builder(NOTE, ALICE, world.clock.instant())
                .text(RichText.plain("hello"))
                .build();
        return draft(new Activity.Publish(NOTE, world.clock.instant(), post), resolved(ghost, Map.of(), Set.of()));
    }

    @Test
    void deliversAPostToOurRelayAndToOthers() {
        Ghost ghost = alice();
        NativeDraft draft = post(ghost);

        assertThat(connector.deliver(draft, OWN)).isEqualTo(new DeliveryOutcome.Delivered(draft.copy()));
        assertThat(connector.deliver(draft, other)).isEqualTo(new DeliveryOutcome.Delivered(draft.copy()));
        Event here = stored(Filter.ANY.kinds(List.of(1))).getFirst();
        assertThat(People.VERIFIER.problem(here)).isEmpty();
        assertThat(here.id().hex()).isEqualTo(draft.copy().orElseThrow().id().value());
        assertThat(relay.of(1)).containsExactly(here);
    }

    @Test
    void deliveringTwiceHasOneEffect() {
        NativeDraft draft = post(alice());
        connector.deliver(draft, OWN);
        connector.deliver(draft, other);

        assertThat(connector.deliver(draft, OWN)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(connector.deliver(draft, other)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(stored(Filter.ANY.kinds(List.of(1)))).hasSize(1);
        assertThat(relay.of(1)).hasSize(1);
    }

    private NativeDraft pin(Ghost ghost, EventId post, boolean pinned) {
        var original = new NativeId(Network.ACTIVITYPUB, "https://social.example/notes/" + post.hex());
        var pin = new Activity.Pin(
                new NativeId(Network.ACTIVITYPUB, "https://social.example/pins/" + pinned + post.hex()),
                ALICE,
                world.clock.instant(),
                original,
                pinned);
        return draft(pin, resolved(ghost, Map.of(original, ObjectRef.of(NativeEvents.id(post))), Set.of()));
    }

    private List<Tag> pinned() {
        List<Event> lists = stored(Filter.ANY.kinds(List.of(10_001)));
        assertThat(lists).hasSize(1);
        assertThat(People.VERIFIER.problem(lists.getFirst())).isEmpty();
        assertThat(lists.getFirst().tag("change")).isEmpty();
        return lists.getFirst().tags("e").toList();
    }

    @Test
    void whatAGhostPutsFirstIsAWholeListAndWhatIsTakenDownLeavesIt() {
        Ghost ghost = alice();
        var one = new EventId("11".repeat(32));
        var two = new EventId("22".repeat(32));

        connector.deliver(pin(ghost, one, true), OWN);
        connector.deliver(pin(ghost, two, true), OWN);
        connector.deliver(pin(ghost, two, true), OWN);
        assertThat(pinned()).containsExactly(Tag.of("e", one.hex()), Tag.of("e", two.hex()));
        connector.deliver(pin(ghost, one, false), OWN);
        assertThat(pinned()).containsExactly(Tag.of("e", two.hex()));
        connector.deliver(pin(ghost, two, false), OWN);
        assertThat(pinned()).isEmpty();
        assertThat(relay.of(10_001)).isEmpty();
    }

    @Test
    void whatIsTakenBackIsNotPutFirstAnyMore() {
        Ghost ghost = alice();
        NativeDraft post = post(ghost);
        connector.deliver(post, OWN);
        var id = new EventId(post.copy().orElseThrow().id().value());
        connector.deliver(pin(ghost, new EventId("11".repeat(32)), true), OWN);
        connector.deliver(pin(ghost, id, true), OWN);
        Resolved known = resolved(ghost, Map.of(NOTE, post.copy().orElseThrow()), Set.of());
        var edited = Post.builder(NOTE, ALICE, world.clock.instant())
                .text(RichText.plain("hello again"))
                .build();

        NativeDraft anew = draft(new Activity.Edit(NOTE, world.clock.instant(), edited), known);
        connector.deliver(anew, OWN);
        assertThat(pinned())
                .containsExactly(
                        Tag.of("e", "11".repeat(32)),
                        Tag.of("e", anew.copy().orElseThrow().id().value()));
        Resolved after = resolved(ghost, Map.of(NOTE, anew.copy().orElseThrow()), Set.of());
        connector.deliver(draft(new Activity.Delete(NOTE, ALICE, world.clock.instant(), NOTE), after), OWN);
        assertThat(pinned()).containsExactly(Tag.of("e", "11".repeat(32)));
    }

    @Test
    void whoListensToOurRelayHearsADeliveredPost() {
        var peer = new FakePeer();
        var socket = (Endpoint.Socket) connector.endpoints().stream()
                .filter(e -> e instanceof Endpoint.Socket)
                .findFirst()
                .orElseThrow();
        var handshake = new HttpCall(
                "GET", URI.create("https://nostr.bridge.example/"), Map.of(), Map.of(), new byte[0], "127.0.0.1");
        SocketSession session = socket.handler().open(handshake, peer);
        session.text("[\"REQ\",\"s\",{\"kinds\":[1]}]");
        peer.heard();
        connector.deliver(post(alice()), OWN);

        assertThat(peer.heard()).singleElement().asString().startsWith("[\"EVENT\",\"s\",");
    }

    @Test
    void aRelayThatIsDownIsWorthAnotherTry() {
        NativeDraft draft = post(alice());
        world.sockets.remove(RELAY);
        world.sockets.line(RELAY).cut();
        world.timer.run(Duration.ofSeconds(1));

        assertThat(connector.deliver(draft, other)).isInstanceOf(DeliveryOutcome.Retry.class);
        assertThat(connector.troubles()).singleElement().asString().contains("relay.example");
    }

    @Test
    void aRefusalIsFinalAndSaysWhy() {
        relay.refuses.add(1);

        assertThat(connector.deliver(post(alice()), other))
                .isEqualTo(new DeliveryOutcome.Refused("blocked: not this kind"));
    }

    @Test
    void aDeleteTakesTheCopyBackEverywhereAndForGood() {
        Ghost ghost = alice();
        NativeDraft publish = post(ghost);
        connector.deliver(publish, OWN);
        connector.deliver(publish, other);
        var delete = new Activity.Delete(NOTE, ALICE, world.clock.instant(), NOTE);
        NativeDraft draft =
                draft(delete, resolved(ghost, Map.of(NOTE, publish.copy().orElseThrow()), Set.of()));

        assertThat(connector.deliver(draft, OWN)).isEqualTo(new DeliveryOutcome.Delivered(Optional.empty()));
        assertThat(stored(Filter.ANY.kinds(List.of(1)))).isEmpty();
        assertThat(connector.deliver(publish, OWN)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(stored(Filter.ANY.kinds(List.of(1)))).isEmpty();
        assertThat(stored(Filter.ANY.kinds(List.of(5)))).hasSize(1);
        connector.deliver(draft, other);
        assertThat(relay.of(5)).hasSize(1);
    }

    @Test
    void anEditPutsANewNoteInTheOldOnesPlace() {
        Ghost ghost = alice();
        NativeDraft publish = post(ghost);
        connector.deliver(publish, OWN);
        world.clock.advance(Duration.ofMinutes(1));
        Post before = ((Activity.Publish) activity(publish)).post();
        var edit = new Activity.Edit(NOTE, world.clock.instant(), before);
        NativeDraft draft =
                draft(edit, resolved(ghost, Map.of(NOTE, publish.copy().orElseThrow()), Set.of()));
        connector.deliver(draft, OWN);

        assertThat(stored(Filter.ANY.kinds(List.of(1))))
                .singleElement()
                .satisfies(e -> assertThat(e.id().hex())
                        .isEqualTo(draft.copy().orElseThrow().id().value()));
    }

    @Test
    void aNoteThatBecomesAnArticleLeavesNothingBehind() {
        Ghost ghost = alice();
        NativeDraft publish = post(ghost);
        connector.deliver(publish, OWN);
        connector.deliver(publish, other);
        world.clock.advance(Duration.ofDays(1));
        Post before = ((Activity.Publish) activity(publish)).post();
        Post grown = before.toBuilder()
                .article(Optional.of(new Article("Grown", "")))
                .build();
        var edit = new Activity.Edit(NOTE, world.clock.instant(), grown);
        NativeDraft article =
                draft(edit, resolved(ghost, Map.of(NOTE, publish.copy().orElseThrow()), Set.of()));
        connector.deliver(article, OWN);
        connector.deliver(article, other);
        assertThat(stored(Filter.ANY.kinds(List.of(1)))).isEmpty();
        assertThat(stored(Filter.ANY.kinds(List.of(30_023)))).hasSize(1);
        assertThat(relay.of(5))
                .singleElement()
                .satisfies(e -> assertThat(e.eventIds("e"))
                        .extracting(EventId::hex)
                        .containsExactly(publish.copy().orElseThrow().id().value()));

        world.clock.advance(Duration.ofDays(1));
        var delete = new Activity.Delete(NOTE, ALICE, world.clock.instant(), NOTE);
        connector.deliver(
                draft(delete, resolved(ghost, Map.of(NOTE, article.copy().orElseThrow()), Set.of())), OWN);
        assertThat(stored(Filter.ANY.kinds(List.of(1, 30_023)))).isEmpty();
    }

    private Activity activity(NativeDraft draft) {
        var post = Post.builder(NOTE, ALICE, world.clock.instant())
                .text(RichText.plain("edited"))
                .build();
        assertThat(draft.documents()).hasSize(1);
        return new Activity.Publish(NOTE, world.clock.instant(), post);
    }

    private NativeDraft follow(Ghost ghost, NativeId target, Set<NativeId> already) {
        var activity = new Activity.Follow(ALICE, ALICE, world.clock.instant(), target);
        return draft(activity, resolved(ghost, Map.of(), already));
    }

    @Test
    void theLastOfManyFollowsInOneSecondStaysOnEveryRelay() {
        Ghost ghost = alice();
        NativeDraft first = follow(ghost, carol.id(), Set.of());
        NativeDraft second =
                follow(ghost, carol.id(), Set.of(people.person("dave").id()));
        for (Destination destination : connector.route(ALICE, Set.of(other))) {
            connector.deliver(first, destination);
            connector.deliver(second, destination);
        }

        Event list = stored(Filter.ANY.kinds(List.of(3))).getFirst();
        assertThat(list.people()).hasSize(2);
        Event there =
                relay.of(3).stream().reduce((a, b) -> b.replaces(a) ? b : a).orElseThrow();
        assertThat(there.people()).hasSize(2);
    }

    @Test
    void aListThatReachesARelayLateIsSentAsItIsNow() {
        Ghost ghost = alice();
        NativeDraft old = follow(ghost, carol.id(), Set.of());
        connector.deliver(old, OWN);
        world.clock.advance(Duration.ofMinutes(5));
        NativeDraft young =
                follow(ghost, carol.id(), Set.of(people.person("dave").id()));
        connector.deliver(young, OWN);

        assertThat(connector.deliver(old, other)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(relay.of(3))
                .singleElement()
                .satisfies(e -> assertThat(e.people()).hasSize(2));
        assertThat(stored(Filter.ANY.kinds(List.of(3))).getFirst().people()).hasSize(2);
    }

    @Test
    void anUnchangedListIsNotSaidAgain() {
        Ghost ghost = alice();
        connector.deliver(follow(ghost, carol.id(), Set.of()), OWN);
        Event before = stored(Filter.ANY.kinds(List.of(3))).getFirst();
        world.clock.advance(Duration.ofMinutes(5));
        connector.deliver(follow(ghost, carol.id(), Set.of()), OWN);

        assertThat(stored(Filter.ANY.kinds(List.of(3)))).containsExactly(before);
    }

    @Test
    void whoLeavesIsErasedAndMayComeBack() {
        Ghost ghost = alice();
        connector.deliver(post(ghost), OWN);
        connector.deliver(post(ghost), other);
        var leave =
                new Activity.DeleteAccount(ALICE, ALICE, world.clock.instant().minusSeconds(60));
        NativeDraft draft = draft(leave, resolved(ghost, Map.of(), Set.of()));
        relay.refuses.add(62);
        assertThat(connector.deliver(draft, OWN)).isInstanceOf(DeliveryOutcome.Delivered.class);

        assertThat(stored(Filter.ANY)).extracting(Event::kind).containsExactly(62);
        assertThat(relay.of(5)).hasSize(1);
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(alice().id()).isEqualTo(ghost.id());
        assertThat(stored(Filter.ANY)).extracting(Event::kind).contains(0, 10_002);
        assertThat(connector.deliver(post(ghost), OWN)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(stored(Filter.ANY.kinds(List.of(1)))).hasSize(1);
    }

    @Test
    void refusesLoudlyToSpeakForOthers() {
        NativeDraft draft = post(alice());
        var stolen = new NativeDraft(Optional.of(ghost(NOTE, "@eve@x").id()), draft.copy(), draft.documents());
        var nobody = new NativeDraft(Optional.empty(), draft.copy(), draft.documents());

        assertThatIllegalArgumentException().isThrownBy(() -> connector.deliver(stolen, OWN));
        assertThatIllegalArgumentException().isThrownBy(() -> connector.deliver(nobody, OWN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connector.deliver(new NativeDraft(draft.ghost(), draft.copy(), List.of("{}")), OWN));
    }

    @Test
    void aDestinationThatIsNoRelayIsGone() {
        assertThat(connector.deliver(post(alice()), new Destination(Network.NOSTR, "nonsense")))
                .isInstanceOf(DeliveryOutcome.Gone.class);
    }
}
