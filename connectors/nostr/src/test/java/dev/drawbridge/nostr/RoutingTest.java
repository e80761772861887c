package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which relays are asked to store what: our own, those a person reads who is spoken to, and indexers. Nobody else.
class RoutingTest extends ConnectorScene {
    private static final String INDEX = "wss://index.example/";
    private static final String INBOX = "wss://inbox.example/";
    private static final String INBOX_2 = "wss://inbox2.example/";
    private static final String OUTBOX = "wss://outbox.example/";

    private final Map<String, Remote> remotes = new HashMap<>();
    private Destination inbox = OWN;

    @Override
    Map<String, String> settings() {
        return Map.of("relays", RELAY, "indexers", INDEX);
    }

    @BeforeEach
    void relays() {
        for (String url : List.of(INDEX, INBOX, INBOX_2, OUTBOX)) {
            var remote = new Remote();
            remotes.put(url, remote);
            world.sockets.serve(url, remote::open);
        }
        inbox = carolReads(INBOX, INBOX_2);
        // From here on whoever waits for a connection gets it.
        world.timer.eager = true;
    }

    private Remote at(String url) {
        return remotes.get(url);
    }

    private Resolved resolved(Ghost ghost, Map<NativeId, ObjectRef> copies) {
        var author = new Resolved.Actor(ALICE, Optional.of(ghost.id()), Optional.of(ghost.handle()), Optional.empty());
        var reader = new Resolved.Actor(carol.id(), Optional.of(carol.id()), Optional.empty(), Optional.empty());
        Map<NativeId, Resolved.Post> posts = new HashMap<>();
        copies.forEach((original, copy) -> posts.put(
                original,
                new Resolved.Post(
                        original,
                        Optional.of(ALICE),
                        Optional.of(copy),
                        Optional.of(copy),
                        Optional.of(ghost.id()),
                        Optional.empty())));
        return new Resolved(Map.of(ALICE, author, carol.id(), reader), posts, Map.of(), Set.of());
    }

    private NativeDraft draft(Activity activity, Resolved resolved) {
        return ((Translation.Translated<NativeDraft>)
                        connector.translator().fromCanonical(activity, resolved, world.clock.instant()))
                .value();
    }

    private NativeDraft post(Ghost ghost, RichText text) {
        var post = Post.builder(NOTE, ALICE, world.clock.instant()).text(text).build();
        return draft(new Activity.Publish(NOTE, world.clock.instant(), post), resolved(ghost, Map.of()));
    }

    private RichText toCarol() {
        return new RichText("hi @carol", List.of(new Facet.Mention(3, 9, carol.id())));
    }

    private NativeDraft delete(Ghost ghost, NativeDraft published) {
        var delete = new Activity.Delete(NOTE, ALICE, world.clock.instant(), NOTE);
        return draft(delete, resolved(ghost, Map.of(NOTE, published.copy().orElseThrow())));
    }

    private NativeDraft leave(Ghost ghost) {
        return draft(new Activity.DeleteAccount(ALICE, ALICE, world.clock.instant()), resolved(ghost, Map.of()));
    }

    private void deliver(NativeDraft draft, Set<Destination> audience) {
        for (Destination destination : connector.route(ALICE, audience)) {
            assertThat(connector.deliver(draft, destination))
                    .as("%s", destination)
                    .isInstanceOf(DeliveryOutcome.Delivered.class);
        }
    }

    private void nobodyElseWasAsked() {
        assertThat(relay.events).as("a relay that is read").isEmpty();
        assertThat(at(OUTBOX).events).as("where she writes").isEmpty();
        assertThat(at(INDEX).events.values())
                .as("an indexer")
                .allMatch(e -> e.kind() == 0 || e.kind() == 10_002 || e.kind() == 5 || e.kind() == 62);
    }

    @Test
    void aPostToNobodyIsOnOurRelayAndAsksToStayThere() {
        deliver(post(alice(), RichText.plain("hello")), Set.of());

        Event note = stored(Filter.ANY.kinds(List.of(1))).getFirst();
        assertThat(note.isProtected()).isTrue();
        assertThat(note.tag("proxy")).contains(Tag.of("proxy", NOTE.value(), "activitypub"));
        assertThat(note.tags("L").map(Tag::value)).contains("example.bridge");
        assertThat(note.tags("l"))
                .contains(Tag.of("l", "example.bridge.activitypub:" + NOTE.value(), "example.bridge"));
        assertThat(note.tag("client")).contains(Tag.of("client", "bridge.example"));
        assertThat(at(INBOX).events).isEmpty();
        nobodyElseWasAsked();
    }

    @Test
    void whoIsMentionedGetsItWhereTheyReadAndNowhereElse() {
        deliver(post(alice(), toCarol()), Set.of(inbox));

        Event note = stored(Filter.ANY.kinds(List.of(1))).getFirst();
        assertThat(note.isProtected())
                .as("other relays refuse what is protected")
                .isFalse();
        assertThat(at(INBOX).of(1)).containsExactly(note);
        assertThat(at(INBOX_2).of(1)).containsExactly(note);
        assertThat(at(INDEX).events).isEmpty();
        nobodyElseWasAsked();
    }

    @Test
    void indexersAreToldOfProfilesAndRelayLists() {
        Ghost ghost = alice();
        var update = new Activity.ProfileUpdate(
                ALICE, world.clock.instant(), profile(ALICE, "@alice@social.example", "I sculpt."));
        deliver(draft(update, resolved(ghost, Map.of())), Set.of());
        ghost(Ghost.botOrigin(Network.ACTIVITYPUB), "activitypub");

        assertThat(at(INDEX).of(0)).hasSize(2).anyMatch(e -> e.content().contains("I sculpt."));
        assertThat(at(INDEX).of(10_002)).hasSize(2);
        assertThat(at(INDEX).of(10_002)).allSatisfy(list -> {
            assertThat(list.isProtected()).isFalse();
            assertThat(list.tags("r").map(Tag::value)).containsExactly("wss://nostr.bridge.example/");
        });
        nobodyElseWasAsked();
    }

    @Test
    void aDeleteGoesExactlyToTheRelaysThatHaveIt() {
        Ghost ghost = alice();
        NativeDraft publish = post(ghost, toCarol());
        at(INBOX_2).refuses.add(1);
        deliver(publish, Set.of(inbox));
        deliver(delete(ghost, publish), Set.of(inbox));

        assertThat(at(INBOX).of(5)).hasSize(1);
        assertThat(at(INBOX_2).events).isEmpty();
        assertThat(stored(Filter.ANY.kinds(List.of(5)))).isEqualTo(at(INBOX).of(5));
        nobodyElseWasAsked();
    }

    @Test
    void aDeleteFollowsACopyWhereItsReaderReadsNoLonger() {
        Ghost ghost = alice();
        NativeDraft publish = post(ghost, toCarol());
        deliver(publish, Set.of(inbox));
        world.watchlist.people.clear();

        deliver(delete(ghost, publish), Set.of(inbox));
        assertThat(at(INBOX).of(5)).hasSize(1);
        assertThat(at(INBOX_2).of(5)).hasSize(1);
    }

    private NativeDraft lateEdit(Ghost ghost, ObjectRef copy, long before, String text) {
        Instant at = world.clock.instant().minusSeconds(before);
        var post = Post.builder(NOTE, ALICE, at.minus(Duration.ofDays(30)))
                .text(RichText.plain(text))
                .build();
        return draft(new Activity.Edit(NOTE, at, post), resolved(ghost, Map.of(NOTE, copy)));
    }

    @Test
    void aLateEditWaitsForNoRelayWhereTheOneBeforeCannotBeTakenBack() {
        Ghost ghost = alice();
        NativeDraft publish = post(ghost, toCarol());
        deliver(publish, Set.of(inbox));
        NativeDraft first = lateEdit(ghost, publish.copy().orElseThrow(), 60, "first");
        deliver(first, Set.of(inbox));
        assertThat(at(INBOX_2).of(1)).hasSize(2);
        world.sockets.remove(INBOX_2);
        world.sockets.line(INBOX_2).cut();

        NativeDraft second = lateEdit(ghost, first.copy().orElseThrow(), 30, "second");
        assertThat(connector.deliver(second, inbox)).isInstanceOf(DeliveryOutcome.Retry.class);
        assertThat(at(INBOX).of(1)).extracting(Event::content).contains("Edited:\n\nsecond");
        assertThat(at(INBOX).of(5)).as("taken back where it can be").hasSize(1);

        world.sockets.serve(INBOX_2, at(INBOX_2)::open);
        world.timer.run(Duration.ofMinutes(1));
        assertThat(connector.deliver(second, inbox)).isEqualTo(new DeliveryOutcome.Delivered(second.copy()));
        assertThat(at(INBOX_2).of(5)).hasSize(1);
    }

    @Test
    void aLateEditArrivedThoughARelayKeepsTheOneBefore() {
        Ghost ghost = alice();
        NativeDraft publish = post(ghost, toCarol());
        deliver(publish, Set.of(inbox));
        NativeDraft first = lateEdit(ghost, publish.copy().orElseThrow(), 60, "first");
        deliver(first, Set.of(inbox));
        at(INBOX).refuses.add(5);
        at(INBOX_2).refuses.add(5);
        NativeDraft second = lateEdit(ghost, first.copy().orElseThrow(), 30, "second");
        assertThat(connector.deliver(second, inbox)).isEqualTo(new DeliveryOutcome.Delivered(second.copy()));
    }

    @Test
    void aDeleteIsTriedUntilEveryRelayAnswered() {
        Ghost ghost = alice();
        NativeDraft publish = post(ghost, toCarol());
        deliver(publish, Set.of(inbox));
        world.sockets.remove(INBOX_2);
        world.sockets.line(INBOX_2).cut();

        assertThat(connector.deliver(delete(ghost, publish), inbox)).isInstanceOf(DeliveryOutcome.Retry.class);
        world.sockets.serve(INBOX_2, at(INBOX_2)::open);
        world.timer.run(Duration.ofMinutes(1));
        assertThat(connector.deliver(delete(ghost, publish), inbox)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(at(INBOX).of(5)).hasSize(1);
        assertThat(at(INBOX_2).of(5)).hasSize(1);
    }

    @Test
    void whoLeavesIsErasedAtExactlyTheRelaysThatHaveAnythingOfThem() {
        Ghost ghost = alice();
        at(INBOX_2).refuses.add(1);
        deliver(post(ghost, toCarol()), Set.of(inbox));
        var update = new Activity.ProfileUpdate(
                ALICE, world.clock.instant(), profile(ALICE, "@alice@social.example", "I sculpt."));
        deliver(draft(update, resolved(ghost, Map.of())), Set.of());
        deliver(leave(ghost), Set.of(inbox));

        assertThat(at(INBOX).of(62)).hasSize(1);
        assertThat(at(INDEX).of(62)).hasSize(1);
        assertThat(at(INBOX_2).events).isEmpty();
        nobodyElseWasAsked();
        at(INBOX).events.clear();
        deliver(leave(ghost), Set.of(inbox));
        assertThat(at(INBOX).events).isEmpty();
    }

    @Test
    void whoLeavesIsErasedOnceEveryRelayAnswered() {
        Ghost ghost = alice();
        deliver(post(ghost, toCarol()), Set.of(inbox));
        world.sockets.remove(INBOX);
        world.sockets.line(INBOX).cut();

        assertThat(connector.deliver(leave(ghost), OWN)).isInstanceOf(DeliveryOutcome.Retry.class);
        world.sockets.serve(INBOX, at(INBOX)::open);
        world.timer.run(Duration.ofMinutes(1));
        assertThat(connector.deliver(leave(ghost), OWN)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(at(INBOX).of(62)).hasSize(1);
        assertThat(at(INBOX_2).of(62)).hasSize(1);
    }

    @Test
    void oneOfTheRelaysSomebodyReadsIsEnough() {
        world.sockets.remove(INBOX_2);
        deliver(post(alice(), toCarol()), Set.of(inbox));

        assertThat(at(INBOX).of(1)).hasSize(1);
    }

    @Test
    void isBroughtWhereSomebodyReadsNow() {
        NativeDraft draft = post(alice(), toCarol());
        Event moved = carol.event(10_002, now + 1, "", Tag.of("r", INBOX_2, "read"));
        relay.events.put(moved.id().hex(), moved);
        world.sockets.line(RELAY).cut();
        world.timer.run(Duration.ofSeconds(2));
        deliver(draft, Set.of(inbox));

        assertThat(at(INBOX).events).isEmpty();
        assertThat(at(INBOX_2).of(1)).hasSize(1);
    }

    @Test
    void waitsUntilItIsKnownWhereSomebodyReads() {
        People.Person dave = people.person("dave");
        var unknown = new Destination(Network.NOSTR, "inbox " + dave.key.hex());
        NativeDraft draft = post(alice(), toCarol());
        assertThat(connector.deliver(draft, unknown)).isInstanceOf(DeliveryOutcome.Refused.class);

        world.watchlist.people.add(dave.id());
        assertThat(connector.deliver(draft, unknown)).isInstanceOf(DeliveryOutcome.Retry.class);
    }

    @Test
    void aRelayByNameIsNoPlaceForCopies() {
        NativeDraft draft = post(alice(), toCarol());

        assertThat(connector.deliver(draft, new Destination(Network.NOSTR, OUTBOX)))
                .isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(connector.deliver(draft, new Destination(Network.NOSTR, "nonsense")))
                .isInstanceOf(DeliveryOutcome.Gone.class);
        nobodyElseWasAsked();
    }
}
