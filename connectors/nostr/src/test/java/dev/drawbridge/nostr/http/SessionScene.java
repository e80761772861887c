package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.FakeMeters;
import dev.drawbridge.nostr.FakePeer;
import dev.drawbridge.nostr.FakeSink;
import dev.drawbridge.nostr.FakeWatchlist;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.negentropy.Item;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.InMemoryEventStore;
import dev.drawbridge.nostr.store.InMemoryLatestLists;
import dev.drawbridge.nostr.store.InMemoryRelayRules;
import dev.drawbridge.nostr.store.NostrStore;
import dev.drawbridge.nostr.store.RelayRules;
import dev.drawbridge.nostr.store.View;
import dev.drawbridge.nostr.wire.Intake;
import dev.drawbridge.testkit.VirtualClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;

/// A connection to our relay, and the people who talk over it.
abstract class SessionScene {
    final People people = new People();
    final People.Person carol = people.person("carol");
    final People.Person ghost = people.person("ghost");
    final People.Person mallory = people.person("mallory");
    final FakeWatchlist watchlist = new FakeWatchlist();
    final FakeSink sink = new FakeSink();
    final VirtualClock clock = new VirtualClock();
    final long now = clock.instant().getEpochSecond();
    final FailingStore store = new FailingStore();
    final RelayHub hub = new RelayHub();
    final FakeMeters meters = new FakeMeters();
    final Intake intake = new Intake(watchlist, new InMemoryLatestLists(), clock);
    final RelayRules rules = new InMemoryRelayRules();
    final NostrStore stores = stores();
    final Departures departures = new Departures(intake, stores, clock);
    RelayParts parts = parts(RelayLimits.DEFAULT, Runnable::run);
    RelayDesk desk = RelayDesk.of(parts);
    final FakePeer peer = new FakePeer();
    final RelaySession session = open(peer);

    @BeforeEach
    void start() {
        watchlist.people.add(carol.id());
        watchlist.ours.add(ghost.id());
        intake.start(sink);
    }

    RelaySession open(FakePeer to) {
        return open(to, "127.0.0.1");
    }

    RelaySession open(FakePeer to, String remote) {
        return new RelaySession(to, remote, parts, desk);
    }

    /// What is opened from now on is served like this.
    void serve(RelayLimits limits, Executor executor) {
        parts = parts(limits, executor);
        desk = RelayDesk.of(parts);
    }

    private RelayParts parts(RelayLimits limits, Executor executor) {
        return new RelayParts(
                RelayUrl.tryParse("wss://nostr.bridge.example").orElseThrow(),
                People.VERIFIER,
                store,
                rules,
                intake,
                hub,
                departures,
                clock,
                new Random(1),
                executor,
                meters,
                limits);
    }

    List<RelayMessage> say(String text) {
        session.text(text);
        return heard(peer);
    }

    static List<RelayMessage> heard(FakePeer by) {
        return by.heard().stream()
                .map(RelayMessage::read)
                .map(Reading::found)
                .map(Optional::orElseThrow)
                .toList();
    }

    private NostrStore stores() {
        NostrStore rest = NostrStore.inMemory();
        return new NostrStore(
                store, rest.presentations(), rest.lists(), rules, rest.placements(), rest.keptAuthors(), rest.polls());
    }

    RelayMessage publish(Event event) {
        List<RelayMessage> answers = say(new ClientMessage.Publish(event).json());
        return answers.getLast();
    }

    List<RelayMessage> ask(String name, Filter... filters) {
        return say(new ClientMessage.Request(name, List.of(filters)).json());
    }

    static RelayMessage ok(Event event, String message) {
        return new RelayMessage.Ok(event.id().hex(), true, message);
    }

    static RelayMessage no(Event event, String message) {
        return new RelayMessage.Ok(event.id().hex(), false, message);
    }

    static RelayMessage end(String name) {
        return new RelayMessage.EndOfStored(name, true);
    }

    /// A store that can be down, and during whose reading something may happen.
    static final class FailingStore implements EventStore {
        private final EventStore store = new InMemoryEventStore();
        final List<Integer> batches = new ArrayList<>();
        boolean broken;
        Runnable whileReading = () -> {};
        Runnable whileSaving = () -> {};

        private EventStore store() {
            if (broken) {
                throw new IllegalStateException("the store is down");
            }
            return store;
        }

        @Override
        public List<Saved> saveAll(List<Event> events) {
            batches.add(events.size());
            whileSaving.run();
            return store().saveAll(events);
        }

        @Override
        public Optional<Event> find(EventId id) {
            return store().find(id);
        }

        @Override
        public Set<EventId> present(Collection<EventId> ids) {
            return store().present(ids);
        }

        @Override
        public Optional<Event> at(String address) {
            return store().at(address);
        }

        @Override
        public List<Event> query(Filter filter, int most, View view) {
            List<Event> found = store().query(filter, most, view);
            whileReading.run();
            return found;
        }

        @Override
        public long count(List<Filter> filters, int most, View view) {
            return store().count(filters, most, view);
        }

        @Override
        public List<Item> items(Filter filter, int most, View view) {
            return store().items(filter, most, view);
        }

        @Override
        public boolean holdsAnythingBy(PublicKey author) {
            return store().holdsAnythingBy(author);
        }

        @Override
        public void vanish(PublicKey author, long until) {
            store().vanish(author, until);
        }

        @Override
        public long vanishedUntil(PublicKey author) {
            return store().vanishedUntil(author);
        }

        @Override
        public long remove(Filter filter) {
            return store().remove(filter);
        }

        @Override
        public long forget(PublicKey author) {
            return store().forget(author);
        }

        @Override
        public long removeExpired(long until) {
            return store().removeExpired(until);
        }
    }
}
