package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.ProfileContent;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.NostrStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NostrConnectorTest {
    private static final String RELAY = "wss://relay.example/";
    private static final Destination OWN = new Destination(Network.NOSTR, "own");
    private static final Destination OTHER = new Destination(Network.NOSTR, RELAY);
    private static final NativeId ALICE = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
    private static final NativeId NOTE = new NativeId(Network.ACTIVITYPUB, "https://social.example/notes/1");

    private final People people = new People();
    private final People.Person carol = people.person("carol");
    private final FakeContext world = new FakeContext(people.signer, Map.of("relays", RELAY));
    private final NostrStore store = NostrStore.inMemory();
    private final NostrConnector connector = new NostrConnector(world.context, store, world.timer);
    private final Remote relay = new Remote();
    private final long now = world.clock.instant().getEpochSecond();

    /// A relay that keeps what it is sent, and answers as the test says.
    private static final class Remote {
        private final Map<String, Event> events = new LinkedHashMap<>();
        private final List<Integer> refuses = new ArrayList<>();
        private String refusal = "blocked: not this kind";

        private SocketSession open(SocketPeer peer) {
            return new SocketSession() {
                @Override
                public void text(String message) {
                    switch (ClientMessage.read(message)) {
                        case ClientMessage.Publish(Event event) ->
                            peer.send(take(event).json());
                        case ClientMessage.Request(String name, List<Filter> filters) -> {
                            events.values().stream()
                                    .filter(e -> filters.stream().anyMatch(f -> f.matches(e)))
                                    .forEach(e -> peer.send(new RelayMessage.Sent(name, e).json()));
                            peer.send(new RelayMessage.EndOfStored(name, true).json());
                        }
                        default -> {}
                    }
                }

                @Override
                public void closed(int code, String reason) {}
            };
        }

        private RelayMessage take(Event event) {
            assertThat(People.VERIFIER.problem(event)).isEmpty();
            boolean taken = !refuses.contains(event.kind());
            if (taken) {
                events.put(event.id().hex(), event);
            }
            return new RelayMessage.Ok(event.id().hex(), taken, taken ? "" : refusal);
        }

        private List<Event> of(int kind) {
            return events.values().stream().filter(e -> e.kind() == kind).toList();
        }
    }

    @BeforeEach
    void start() {
        world.sockets.serve(RELAY, relay::open);
        connector.start(world.sink);
        world.timer.run();
    }

    private static Profile profile(NativeId actor, String handle, String bio) {
        return new Profile(
                actor,
                handle,
                "Alice",
                RichText.plain(bio),
                Optional.of(URI.create("https://social.example/@alice")),
                Optional.empty(),
                false,
                false,
                false);
    }

    private Ghost ghost(NativeId origin, String handle) {
        return ready(connector.ensureGhost(new GhostRequest(origin, profile(origin, handle, "I paint."))));
    }

    private static Ghost ready(GhostOutcome outcome) {
        return ((GhostOutcome.Ready) outcome).ghost();
    }

    private Ghost alice() {
        return ghost(ALICE, "@alice@social.example");
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
        var post = new Post(
                NOTE,
                Optional.empty(),
                ALICE,
                RichText.plain("hello"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                world.clock.instant(),
                Optional.empty(),
                Visibility.PUBLIC);
        return draft(new Activity.Publish(NOTE, world.clock.instant(), post), resolved(ghost, Map.of(), Set.of()));
    }

    private List<Event> stored(Filter filter) {
        return store.events().query(filter, 100);
    }

    @Test
    void saysWhatNostrCanDo() {
        assertThat(connector.network()).isEqualTo(Network.NOSTR);
        assertThat(connector.capabilities().edits()).isFalse();
        assertThat(connector.capabilities().deletes()).isEqualTo(Capabilities.Deletes.ADVISORY);
        assertThat(connector.endpoints()).hasSize(4);
    }

    @Test
    void makesAGhostWithKeyNameProfileAndRelays() {
        Ghost ghost = alice();

        assertThat(ghost.handle()).isEqualTo("alice_at_social.example@nostr.bridge.example");
        assertThat(ghost.active()).isTrue();
        var key = new PublicKey(ghost.id().value());
        Event profile = store.events().at("0:" + key.hex() + ":").orElseThrow();
        assertThat(People.VERIFIER.problem(profile)).isEmpty();
        assertThat(profile.tag("proxy")).contains(Tag.of("proxy", ALICE.value(), "activitypub"));
        ProfileContent content = ProfileContent.read(profile.content()).orElseThrow();
        assertThat(content.nip05().orElseThrow().toString()).isEqualTo(ghost.handle());
        Event list = store.events().at("10002:" + key.hex() + ":").orElseThrow();
        assertThat(list.tags("r").map(Tag::value)).containsExactly("wss://nostr.bridge.example/", RELAY);
        assertThat(relay.events).isEmpty();
    }

    @Test
    void makesAGhostOnce() {
        Ghost first = alice();
        List<Event> events = stored(Filter.ANY);
        world.clock.advance(Duration.ofHours(1));

        assertThat(alice()).isEqualTo(first);
        assertThat(stored(Filter.ANY)).isEqualTo(events);
    }

    @Test
    void givesTwoPeopleTwoNames() {
        Ghost first = alice();
        Ghost second = ghost(new NativeId(Network.ACTIVITYPUB, "https://social.example/u/2"), "@Alice@social.example");

        assertThat(second.handle()).isNotEqualTo(first.handle()).matches("alice_at_social\\.example_[0-9a-f]{8}@.*");
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void writesEveryHandleAsANameThatNip05Allows() {
        assertThat(ghost(new NativeId(Network.ATPROTO, "did:plc:bob"), "bob.bsky.social")
                        .handle())
                .isEqualTo("bob.bsky.social@nostr.bridge.example");
        assertThat(ghost(new NativeId(Network.ACTIVITYPUB, "https://x/1"), "@Zoë~x@täst.example")
                        .handle())
                .isEqualTo("zo--x_at_t-st.example@nostr.bridge.example");
        assertThat(ghost(new NativeId(Network.ACTIVITYPUB, "https://x/2"), "atproto")
                        .handle())
                .startsWith("atproto_");
        assertThat(ghost(new NativeId(Network.ACTIVITYPUB, "https://x/3"), "@" + "a".repeat(300) + "@b.example")
                        .handle())
                .hasSizeLessThan(160);
    }

    @Test
    void botsAreCalledByTheNetworkTheyReachAndTellEveryRelay() {
        Ghost bot = ghost(Ghost.botOrigin(Network.ACTIVITYPUB), "activitypub");
        world.timer.run();

        assertThat(bot.handle()).isEqualTo("activitypub@nostr.bridge.example");
        assertThat(relay.of(0)).singleElement().satisfies(e -> {
            assertThat(e.proxied()).isFalse();
            assertThat(ProfileContent.read(e.content()).orElseThrow().bot()).isTrue();
        });
        assertThat(relay.of(10_002)).hasSize(1);
        relay.events.clear();
        world.sockets.line(RELAY).cut();
        world.timer.run(Duration.ofSeconds(2));
        assertThat(relay.of(0)).hasSize(1);
    }

    @Test
    void deliversAPostToOurRelayAndToOthers() {
        Ghost ghost = alice();
        NativeDraft draft = post(ghost);

        assertThat(connector.deliver(draft, OWN)).isEqualTo(new DeliveryOutcome.Delivered(draft.copy()));
        assertThat(connector.deliver(draft, OTHER)).isEqualTo(new DeliveryOutcome.Delivered(draft.copy()));
        Event here = stored(Filter.ANY.kinds(List.of(1))).getFirst();
        assertThat(People.VERIFIER.problem(here)).isEmpty();
        assertThat(here.id().hex()).isEqualTo(draft.copy().orElseThrow().id().value());
        assertThat(relay.of(1)).containsExactly(here);
    }

    @Test
    void deliveringTwiceHasOneEffect() {
        NativeDraft draft = post(alice());
        connector.deliver(draft, OWN);
        connector.deliver(draft, OTHER);

        assertThat(connector.deliver(draft, OWN)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(connector.deliver(draft, OTHER)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(stored(Filter.ANY.kinds(List.of(1)))).hasSize(1);
        assertThat(relay.of(1)).hasSize(1);
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
    void anOptedInPersonMayWriteToOurRelayAndIsHeard() {
        world.watchlist.people.add(carol.id());
        var peer = new FakePeer();
        var socket = (Endpoint.Socket) connector.endpoints().stream()
                .filter(e -> e instanceof Endpoint.Socket)
                .findFirst()
                .orElseThrow();
        var handshake = new HttpCall(
                "GET", URI.create("https://nostr.bridge.example/"), Map.of(), Map.of(), new byte[0], "127.0.0.1");
        Event note = carol.note(now, "hi");
        socket.handler().open(handshake, peer).text(new ClientMessage.Publish(note).json());

        assertThat(peer.heard()).containsExactly(new RelayMessage.Ok(note.id().hex(), true, "").json());
        assertThat(world.sink.taken()).extracting(NativeEvent::body).containsExactly(note.json());
    }

    @Test
    void aRelayThatIsDownIsWorthAnotherTry() {
        NativeDraft draft = post(alice());
        world.sockets.remove(RELAY);
        world.sockets.line(RELAY).cut();
        world.timer.run(Duration.ofSeconds(1));

        assertThat(connector.deliver(draft, OTHER)).isInstanceOf(DeliveryOutcome.Retry.class);
        assertThat(connector.troubles()).singleElement().asString().contains("relay.example");
    }

    @Test
    void aRefusalIsFinalAndSaysWhy() {
        relay.refuses.add(1);

        assertThat(connector.deliver(post(alice()), OTHER))
                .isEqualTo(new DeliveryOutcome.Refused("blocked: not this kind"));
    }

    @Test
    void aDeleteTakesTheCopyBackEverywhereAndForGood() {
        Ghost ghost = alice();
        NativeDraft publish = post(ghost);
        connector.deliver(publish, OWN);
        var delete = new Activity.Delete(NOTE, ALICE, world.clock.instant(), NOTE);
        NativeDraft draft =
                draft(delete, resolved(ghost, Map.of(NOTE, publish.copy().orElseThrow()), Set.of()));

        assertThat(connector.deliver(draft, OWN)).isEqualTo(new DeliveryOutcome.Delivered(Optional.empty()));
        assertThat(stored(Filter.ANY.kinds(List.of(1)))).isEmpty();
        assertThat(connector.deliver(publish, OWN)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(stored(Filter.ANY.kinds(List.of(1)))).isEmpty();
        assertThat(stored(Filter.ANY.kinds(List.of(5)))).hasSize(1);
        connector.deliver(draft, OTHER);
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

    private Activity activity(NativeDraft draft) {
        var post = new Post(
                NOTE,
                Optional.empty(),
                ALICE,
                RichText.plain("edited"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                world.clock.instant(),
                Optional.empty(),
                Visibility.PUBLIC);
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
        for (Destination destination : List.of(OWN, OTHER)) {
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

        assertThat(connector.deliver(old, OTHER)).isInstanceOf(DeliveryOutcome.Delivered.class);
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
    void aProfileUpdateGoesOutWithTheRelayList() {
        Ghost ghost = alice();
        world.clock.advance(Duration.ofMinutes(5));
        var update = new Activity.ProfileUpdate(
                ALICE, world.clock.instant(), profile(ALICE, "@alice@social.example", "I sculpt."));
        NativeDraft draft = draft(update, resolved(ghost, Map.of(), Set.of()));

        assertThat(connector.deliver(draft, OWN)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(connector.deliver(draft, OTHER)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(relay.of(0))
                .singleElement()
                .satisfies(e -> assertThat(e.content()).contains("I sculpt."));
        assertThat(relay.of(10_002)).hasSize(1);
        assertThat(stored(Filter.ANY.kinds(List.of(0)))).isEqualTo(relay.of(0));
    }

    @Test
    void whoLeavesIsErasedAndMayComeBack() {
        Ghost ghost = alice();
        connector.deliver(post(ghost), OWN);
        var leave =
                new Activity.DeleteAccount(ALICE, ALICE, world.clock.instant().minusSeconds(60));
        NativeDraft draft = draft(leave, resolved(ghost, Map.of(), Set.of()));
        assertThat(connector.deliver(draft, OWN)).isInstanceOf(DeliveryOutcome.Delivered.class);

        assertThat(stored(Filter.ANY)).extracting(Event::kind).containsExactly(62);
        relay.refuses.add(62);
        assertThat(connector.deliver(draft, OTHER)).isInstanceOf(DeliveryOutcome.Delivered.class);
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

    @Test
    void routesToOurRelayTheConfiguredOnesAndTheAudience() {
        var inbox = new Destination(Network.NOSTR, "wss://inbox.example/");
        var elsewhere = new Destination(Network.ACTIVITYPUB, "https://x/inbox");

        assertThat(connector.route(ALICE, Set.of(inbox, elsewhere, OWN))).containsExactlyInAnyOrder(OWN, OTHER, inbox);
        assertThat(connector.route(ALICE, Set.of())).containsExactly(OWN, OTHER);
    }

    @Test
    void locatesEverybodyHereAndThoseWhoOptedInWhereTheyRead() {
        assertThat(connector.locate(carol.id())).contains(OWN);
        assertThat(connector.locate(new NativeId(Network.NOSTR, "nonsense"))).isEmpty();
        Event list = carol.event(10_002, now, "", Tag.of("r", "wss://inbox.example", "read"));
        relay.events.put(list.id().hex(), list);
        world.watchlist.watch(carol.id());
        world.timer.run(Duration.ofSeconds(1));

        assertThat(connector.locate(carol.id())).contains(new Destination(Network.NOSTR, "wss://inbox.example/"));
    }

    @Test
    void fetchesEventsFromHereAndFromRelays() {
        Event here = carol.note(now, "here");
        Event there = carol.note(now, "there");
        Event forged = carol.note(now, "forged").unsigned().signed(new byte[64]);
        store.events().save(here);
        relay.events.put(there.id().hex(), there);
        relay.events.put(forged.id().hex(), forged);

        assertThat(connector.fetch(new NativeId(Network.NOSTR, here.id().hex())).map(NativeEvent::body))
                .contains(here.json());
        assertThat(connector
                        .fetch(new NativeId(Network.NOSTR, there.id().hex()))
                        .map(NativeEvent::author))
                .contains(carol.id());
        assertThat(connector.fetch(new NativeId(Network.NOSTR, forged.id().hex())))
                .isEmpty();
        assertThat(connector.fetch(new NativeId(Network.NOSTR, "no id"))).isEmpty();
    }

    @Test
    void showsAProfileWithANameOnlyIfItsServerConfirmsIt() {
        Event claim = carol.event(0, now, "{\"name\":\"carol\",\"nip05\":\"carol@site.example\"}");
        relay.events.put(claim.id().hex(), claim);
        String page = "https://site.example/.well-known/nostr.json?name=carol";

        assertThat(handle()).isEqualTo(carol.key.npub());
        world.pages.put(
                page, "{\"names\":{\"carol\":\"" + people.person("eve").key.hex() + "\"}}");
        assertThat(handle()).isEqualTo(carol.key.npub());
        world.pages.put(page, "not json");
        assertThat(handle()).isEqualTo(carol.key.npub());
        world.pages.put(page, "{\"names\":{\"carol\":\"" + carol.key.hex() + "\"}}");
        assertThat(handle()).isEqualTo("carol@site.example");
    }

    private String handle() {
        return connector.profile(carol.id()).orElseThrow().handle();
    }

    @Test
    void everyKeyIsAPerson() {
        assertThat(connector.profile(carol.id())).contains(Profile.bare(carol.id(), carol.key.npub()));
        assertThat(connector.profile(new NativeId(Network.NOSTR, "nobody"))).isEmpty();
    }

    @Test
    void stopsForGood() {
        connector.stop();
        connector.stop();
        world.timer.run(Duration.ofHours(1));

        assertThat(world.sockets.connected(RELAY)).isFalse();
        assertThat(world.sockets.attempts).isEqualTo(1);
    }
}
