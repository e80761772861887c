package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.NostrStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/// A connector with one configured relay, and a person who wants to be seen there.
abstract class ConnectorScene {
    static final String RELAY = "wss://relay.example/";
    static final Destination OWN = new Destination(Network.NOSTR, "own");
    static final NativeId ALICE = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
    static final NativeId NOTE = new NativeId(Network.ACTIVITYPUB, "https://social.example/notes/1");

    final People people = new People();
    final People.Person carol = people.person("carol");
    final FakeContext world = new FakeContext(people.signer, settings());
    final NostrStore store = NostrStore.inMemory();
    final NostrConnector connector = new NostrConnector(world.context, store, world.timer, Runnable::run);
    final Remote relay = new Remote();
    final long now = world.clock.instant().getEpochSecond();

    /// Settings under `drawbridge.nostr`.
    Map<String, String> settings() {
        return Map.of("relays", RELAY);
    }

    /// Carol opted in and reads at some relays.
    ///
    /// @return where she is reached
    Destination carolReads(String... urls) {
        Tag[] tags = Stream.of(urls).map(url -> Tag.of("r", url, "read")).toArray(Tag[]::new);
        Event list = carol.event(10_002, now, "", tags);
        relay.events.put(list.id().hex(), list);
        world.watchlist.watch(carol.id());
        world.timer.run(Duration.ofSeconds(1));
        relay.events.clear();
        return new Destination(Network.NOSTR, "inbox " + carol.key.hex());
    }

    /// A relay that keeps what it is sent, and answers as the test says.
    static final class Remote {
        final Map<String, Event> events = new LinkedHashMap<>();
        final List<Integer> refuses = new ArrayList<>();
        /// Kinds it does not tell of now.
        final List<Integer> closes = new ArrayList<>();
        private String refusal = "blocked: not this kind";

        SocketSession open(SocketPeer peer) {
            return new SocketSession() {
                @Override
                public void text(String message) {
                    switch (ClientMessage.read(message)) {
                        case ClientMessage.Publish(Event event) ->
                            peer.send(take(event).json());
                        case ClientMessage.Request(String name, List<Filter> filters)
                        when filters.stream()
                                .anyMatch(f ->
                                        f.kinds().stream().flatMap(Set::stream).anyMatch(closes::contains)) ->
                            peer.send(new RelayMessage.Closed(name, "error: busy").json());
                        case ClientMessage.Request(String name, List<Filter> filters) -> {
                            events.values().stream()
                                    .filter(e -> filters.stream().anyMatch(f -> f.matches(e)))
                                    .sorted(Comparator.comparingLong(Event::createdAt)
                                            .reversed())
                                    .limit(filters.stream()
                                            .mapToInt(f -> f.limit().orElse(Integer.MAX_VALUE))
                                            .max()
                                            .orElse(0))
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

        /// From now on it does not take events of a kind, and says why.
        void refusing(String why, int kind) {
            refusal = why;
            refuses.add(kind);
        }

        private RelayMessage take(Event event) {
            assertThat(People.VERIFIER.problem(event)).isEmpty();
            boolean taken = !refuses.contains(event.kind());
            if (taken) {
                events.put(event.id().hex(), event);
            }
            return new RelayMessage.Ok(event.id().hex(), taken, taken ? "" : refusal);
        }

        List<Event> of(int kind) {
            return events.values().stream().filter(e -> e.kind() == kind).toList();
        }
    }

    @BeforeEach
    void start() {
        world.sockets.serve(RELAY, relay::open);
        connector.start(world.sink);
        world.timer.run();
    }

    static Profile profile(NativeId actor, String handle, String bio) {
        return Profile.builder(actor, handle)
                .displayName("Alice")
                .bio(RichText.plain(bio))
                .url(Optional.of(URI.create("https://social.example/@alice")))
                .build();
    }

    /// The bot for a network, known as one of ours.
    PublicKey bot(Network network) {
        Ghost bot = ghost(Ghost.botOrigin(network), network.name());
        world.watchlist.ours.add(bot.id());
        return new PublicKey(bot.id().value());
    }

    Ghost ghost(NativeId origin, String handle) {
        return ready(connector.ensureGhost(new GhostRequest(origin, profile(origin, handle, "I paint."))));
    }

    private static Ghost ready(GhostOutcome outcome) {
        return ((GhostOutcome.Ready) outcome).ghost();
    }

    Ghost alice() {
        return ghost(ALICE, "@alice@social.example");
    }

    List<Event> stored(Filter filter) {
        return store.events().query(filter, 100);
    }
}
