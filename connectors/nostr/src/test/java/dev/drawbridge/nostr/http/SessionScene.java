package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.FakePeer;
import dev.drawbridge.nostr.FakeSink;
import dev.drawbridge.nostr.FakeWatchlist;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.InMemoryEventStore;
import dev.drawbridge.nostr.store.InMemoryLatestLists;
import dev.drawbridge.nostr.wire.Intake;
import dev.drawbridge.testkit.VirtualClock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/// A connection to our relay, and the people who talk over it.
abstract class SessionScene {
    private final People people = new People();
    final People.Person carol = people.person("carol");
    final People.Person ghost = people.person("ghost");
    final People.Person mallory = people.person("mallory");
    private final FakeWatchlist watchlist = new FakeWatchlist();
    final FakeSink sink = new FakeSink();
    final VirtualClock clock = new VirtualClock();
    final long now = clock.instant().getEpochSecond();
    final FailingStore store = new FailingStore();
    final RelayHub hub = new RelayHub();
    final Intake intake = new Intake(watchlist, new InMemoryLatestLists(), clock);
    private final Admission admission = new Admission(
            People.VERIFIER,
            store,
            intake,
            hub,
            RelayUrl.tryParse("wss://nostr.bridge.example").orElseThrow(),
            clock);
    final FakePeer peer = new FakePeer();
    final RelaySession session = open(peer);

    @BeforeEach
    void start() {
        watchlist.people.add(carol.id());
        watchlist.ours.add(ghost.id());
        intake.start(sink);
    }

    RelaySession open(FakePeer to) {
        var opened = new RelaySession(to, store, admission, hub, clock, RelayLimits.DEFAULT);
        hub.add(opened);
        return opened;
    }

    List<RelayMessage> say(String text) {
        session.text(text);
        return heard(peer);
    }

    static List<RelayMessage> heard(FakePeer by) {
        return by.heard().stream()
                .map(RelayMessage::read)
                .map(Reading::found)
                .map(java.util.Optional::orElseThrow)
                .toList();
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
        boolean broken;
        Runnable whileReading = () -> {};

        private EventStore store() {
            if (broken) {
                throw new IllegalStateException("the store is down");
            }
            return store;
        }

        @Override
        public Saved save(Event event) {
            return store().save(event);
        }

        @Override
        public java.util.Optional<Event> find(dev.drawbridge.nostr.event.EventId id) {
            return store().find(id);
        }

        @Override
        public java.util.Optional<Event> at(String address) {
            return store().at(address);
        }

        @Override
        public List<Event> query(Filter filter, int most) {
            List<Event> found = store().query(filter, most);
            whileReading.run();
            return found;
        }

        @Override
        public boolean holdsAnythingBy(dev.drawbridge.nostr.event.PublicKey author) {
            return store().holdsAnythingBy(author);
        }

        @Override
        public void vanish(dev.drawbridge.nostr.event.PublicKey author, long until) {
            store().vanish(author, until);
        }

        @Override
        public long vanishedUntil(dev.drawbridge.nostr.event.PublicKey author) {
            return store().vanishedUntil(author);
        }
    }
}
