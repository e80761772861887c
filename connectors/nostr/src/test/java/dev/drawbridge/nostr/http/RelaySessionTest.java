package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
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
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.InMemoryEventStore;
import dev.drawbridge.nostr.store.InMemoryLatestLists;
import dev.drawbridge.nostr.wire.Intake;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelaySessionTest {
    private final People people = new People();
    private final People.Person carol = people.person("carol");
    private final People.Person ghost = people.person("ghost");
    private final People.Person mallory = people.person("mallory");
    private final FakeWatchlist watchlist = new FakeWatchlist();
    private final FakeSink sink = new FakeSink();
    private final VirtualClock clock = new VirtualClock();
    private final long now = clock.instant().getEpochSecond();
    private final FailingStore store = new FailingStore();
    private final RelayHub hub = new RelayHub();
    private final Intake intake = new Intake(watchlist, new InMemoryLatestLists(), clock);
    private final Admission admission = new Admission(
            People.VERIFIER,
            store,
            intake,
            hub,
            RelayUrl.tryParse("wss://nostr.bridge.example").orElseThrow(),
            clock);
    private final FakePeer peer = new FakePeer();
    private final RelaySession session = open(peer);

    @BeforeEach
    void start() {
        watchlist.people.add(carol.id());
        watchlist.ours.add(ghost.id());
        intake.start(sink);
    }

    private RelaySession open(FakePeer to) {
        var opened = new RelaySession(to, store, admission, hub, clock, RelayLimits.DEFAULT);
        hub.add(opened);
        return opened;
    }

    private List<RelayMessage> say(String text) {
        session.text(text);
        return heard(peer);
    }

    private static List<RelayMessage> heard(FakePeer by) {
        return by.heard().stream()
                .map(RelayMessage::read)
                .map(Reading::found)
                .map(java.util.Optional::orElseThrow)
                .toList();
    }

    private RelayMessage publish(Event event) {
        List<RelayMessage> answers = say(new ClientMessage.Publish(event).json());
        return answers.getLast();
    }

    private List<RelayMessage> ask(String name, Filter... filters) {
        return say(new ClientMessage.Request(name, List.of(filters)).json());
    }

    private static RelayMessage ok(Event event, String message) {
        return new RelayMessage.Ok(event.id().hex(), true, message);
    }

    private static RelayMessage no(Event event, String message) {
        return new RelayMessage.Ok(event.id().hex(), false, message);
    }

    private static RelayMessage end(String name) {
        return new RelayMessage.EndOfStored(name, true);
    }

    @Test
    void takesAndServesWhatPeopleWhoOptedInSay() {
        Event note = carol.note(now, "hello");

        assertThat(publish(note)).isEqualTo(ok(note, ""));
        assertThat(sink.taken()).extracting(NativeEvent::body).containsExactly(note.json());
        assertThat(ask("s", Filter.ANY.authors(List.of(carol.key))))
                .containsExactly(new RelayMessage.Sent("s", note), end("s"));
    }

    @Test
    void saysOkAgainForWhatItHasWithoutTellingTheBridgeTwice() {
        Event note = carol.note(now, "hello");
        publish(note);
        sink.taken();

        assertThat(publish(note)).isEqualTo(ok(note, "duplicate: it is here already"));
        assertThat(sink.taken()).isEmpty();
    }

    @Test
    void refusesAWrongId() {
        Event note = carol.note(now, "hello");
        Event changed =
                new Event(note.id(), note.pubkey(), note.createdAt(), note.kind(), note.tags(), "goodbye", note.sig());

        assertThat(publish(changed)).isEqualTo(no(note, "invalid: the id does not match the content"));
        assertThat(sink.taken()).isEmpty();
        assertThat(store.query(Filter.ANY, 1)).isEmpty();
    }

    @Test
    void refusesATamperedEventAlsoIfItKnowsTheId() {
        Event note = carol.note(now, "hello");
        publish(note);
        Event changed =
                new Event(note.id(), note.pubkey(), note.createdAt(), note.kind(), note.tags(), "goodbye", note.sig());

        assertThat(publish(changed)).isEqualTo(no(note, "invalid: the id does not match the content"));
        assertThat(publish(note.unsigned().signed(new byte[64])))
                .isEqualTo(no(note, "invalid: the signature does not match the author"));
    }

    @Test
    void letsStrangersSpeakToThePeopleOfThisBridgeOnly() {
        Event toGhost = mallory.note(now, "hi", Tag.of("p", ghost.key.hex()));
        Event toNobody = mallory.note(now, "buy this");
        Event profile = mallory.event(0, now, "{}", Tag.of("p", ghost.key.hex()));

        assertThat(publish(toGhost)).isEqualTo(ok(toGhost, ""));
        assertThat(((RelayMessage.Ok) publish(toNobody)).message()).startsWith("restricted: ");
        assertThat(((RelayMessage.Ok) publish(profile)).message()).startsWith("restricted: ");
        assertThat(store.query(Filter.ANY, 9)).containsExactly(toGhost);
    }

    @Test
    void followingAndUnfollowingAGhostBothReachTheBridge() {
        Event follow = mallory.event(3, now, "", Tag.of("p", ghost.key.hex()));
        Event unfollow = mallory.event(3, now + 1, "", Tag.of("p", carol.key.hex()));

        assertThat(publish(follow)).isEqualTo(ok(follow, ""));
        assertThat(publish(unfollow)).isEqualTo(ok(unfollow, ""));
        assertThat(sink.taken())
                .extracting(NativeEvent::names)
                .containsExactly(java.util.Set.of(ghost.id()), java.util.Set.of(ghost.id()));
    }

    @Test
    void anAuthorMayTakeBackWhatTheySaidHere() {
        Event hi = mallory.note(now, "hi", Tag.of("p", ghost.key.hex()));
        publish(hi);
        Event deletion = mallory.event(5, now, "", Tag.of("e", hi.id().hex()));

        assertThat(publish(deletion)).isEqualTo(ok(deletion, ""));
        assertThat(publish(hi)).isEqualTo(no(hi, "blocked: its author deleted it"));
        assertThat(ask("s", Filter.ANY)).containsExactly(new RelayMessage.Sent("s", deletion), end("s"));
    }

    @Test
    void nobodyTakesBackWhatOthersSaid() {
        Event note = carol.note(now, "hello");
        publish(note);
        Event attack = mallory.event(5, now, "", Tag.of("e", note.id().hex()), Tag.of("p", ghost.key.hex()));
        publish(attack);

        assertThat(store.find(note.id())).contains(note);
    }

    @Test
    void forgetsAPersonWhoWantsToVanishFromHere() {
        Event note = carol.note(now, "hello");
        publish(note);
        Event elsewhere = carol.event(62, now, "", Tag.of("relay", "wss://other.example"));
        publish(elsewhere);
        assertThat(store.find(note.id())).contains(note);
        Event here = carol.event(62, now + 1, "", Tag.of("relay", "wss://nostr.bridge.example/"));

        assertThat(publish(here)).isEqualTo(ok(here, ""));
        assertThat(store.find(note.id())).isEmpty();
        assertThat(publish(note)).isEqualTo(no(note, "blocked: its author deleted it"));
        assertThat(sink.taken()).extracting(NativeEvent::kind).contains(NativeEvent.Kind.DELETE_ACCOUNT);
    }

    @Test
    void saysOkOnlyWhenTheBridgeHasIt() {
        sink.answer = new Receipt.Busy(Duration.ofSeconds(7));
        Event note = carol.note(now, "hello");

        assertThat(publish(note)).isEqualTo(no(note, "error: come back in 7 seconds"));
        assertThat(store.find(note.id())).isEmpty();
        sink.answer = new Receipt.Accepted();
        assertThat(publish(note)).isEqualTo(ok(note, ""));
        assertThat(sink.taken()).hasSize(1);
    }

    @Test
    void saysOkOnlyWhenItIsStored() {
        store.broken = true;
        Event note = carol.note(now, "hello");

        assertThat(publish(note)).isEqualTo(no(note, "error: it could not be stored, try again later"));
        assertThat(ask("s", Filter.ANY))
                .containsExactly(new RelayMessage.Closed("s", "error: this relay has a problem, try again later"));
        store.broken = false;
        assertThat(publish(note)).isEqualTo(ok(note, ""));
    }

    @Test
    void waitsForTheEngineToStart() {
        intake.stop();
        Event note = carol.note(now, "hello");

        assertThat(((RelayMessage.Ok) publish(note)).message()).startsWith("error: ");
    }

    @Test
    void refusesEventsOfTheWrongTimeOrSize() {
        Event future = carol.note(now + 901, "x");
        Event expired = carol.note(now, "x", Tag.of("expiration", Long.toString(now)));
        Event guarded = carol.note(now, "x", Tag.of("-"));
        Event long1 = carol.note(now, "x".repeat(64_001));

        assertThat(publish(future)).isEqualTo(no(future, "invalid: created_at is too far in the future"));
        assertThat(publish(expired)).isEqualTo(no(expired, "invalid: it has expired"));
        assertThat(((RelayMessage.Ok) publish(guarded)).message()).startsWith("restricted: ");
        assertThat(publish(long1)).isEqualTo(no(long1, "invalid: content is longer than 64000"));
        assertThat(sink.taken()).isEmpty();
    }

    @Test
    void doesNotServeWhatExpiredMeanwhile() {
        publish(carol.note(now, "x", Tag.of("expiration", Long.toString(now + 60))));
        assertThat(ask("s", Filter.ANY)).hasSize(2);

        clock.advance(Duration.ofSeconds(60));
        assertThat(ask("s", Filter.ANY)).containsExactly(end("s"));
    }

    @Test
    void passesNewEventsOnToThoseWhoAskedForTheirLike() {
        var other = new FakePeer();
        RelaySession listener = open(other);
        listener.text(new ClientMessage.Request(
                        "mentions", List.of(Filter.ANY.kinds(List.of(1)).tag('p', List.of(ghost.key.hex()))))
                .json());
        assertThat(heard(other)).containsExactly(end("mentions"));
        Event aimed = carol.note(now, "hi", Tag.of("p", ghost.key.hex()));
        publish(aimed);
        publish(carol.note(now, "to nobody"));
        publish(carol.event(7, now, "+", Tag.of("p", ghost.key.hex())));

        assertThat(heard(other)).containsExactly(new RelayMessage.Sent("mentions", aimed));
        listener.text(new ClientMessage.Close("mentions").json());
        publish(carol.note(now, "again", Tag.of("p", ghost.key.hex())));
        assertThat(heard(other)).isEmpty();
    }

    @Test
    void hearsNothingAfterItWasClosed() {
        ask("s", Filter.ANY);
        session.closed(1000, "");
        hub.published(carol.note(now, "hello"));

        assertThat(peer.heard()).isEmpty();
        assertThat(hub.size()).isZero();
    }

    @Test
    void aSecondRequestOfTheSameNameTakesThePlaceOfTheFirst() {
        ask("s", Filter.ANY.kinds(List.of(1)));
        ask("s", Filter.ANY.kinds(List.of(7)));
        publish(carol.note(now, "hello"));

        assertThat(peer.heard()).isEmpty();
    }

    @Test
    void sendsStoredEventsOnceAndNewestFirst() {
        Event old = carol.note(now - 10, "old");
        Event young = carol.note(now, "young");
        publish(old);
        publish(young);

        assertThat(ask("s", Filter.ANY.kinds(List.of(1)), Filter.ANY.authors(List.of(carol.key))))
                .containsExactly(new RelayMessage.Sent("s", young), new RelayMessage.Sent("s", old), end("s"));
        assertThat(ask("t", Filter.ANY.limit(1))).containsExactly(new RelayMessage.Sent("t", young), end("t"));
    }

    @Test
    void saysWhenALimitHeldSomethingBack() {
        for (int i = 0; i < RelayLimits.DEFAULT.events() + 1; i++) {
            store.save(carol.note(now - i, "x"));
        }

        List<RelayMessage> answer = ask("s", Filter.ANY);
        assertThat(answer).hasSize(RelayLimits.DEFAULT.events() + 1);
        assertThat(answer.getLast()).isEqualTo(new RelayMessage.EndOfStored("s", false));
    }

    @Test
    void keepsReplaceableEventsInTheRightVersion() {
        Event first = carol.event(0, now - 1, "{\"name\":\"a\"}");
        Event second = carol.event(0, now, "{\"name\":\"b\"}");
        publish(second);

        assertThat(publish(first)).isEqualTo(ok(first, "duplicate: a later version is here"));
        assertThat(ask("s", Filter.ANY)).containsExactly(new RelayMessage.Sent("s", second), end("s"));
        assertThat(sink.taken()).hasSize(1);
    }

    @Test
    void passesEphemeralEventsOnWithoutKeepingThem() {
        ask("s", Filter.ANY);
        Event typing = carol.event(20_001, now, "typing");

        assertThat(say(new ClientMessage.Publish(typing).json()))
                .containsExactly(new RelayMessage.Sent("s", typing), ok(typing, ""));
        assertThat(store.find(typing.id())).isEmpty();
    }

    @Test
    void keepsKindsThatDoNotCrossForPeopleWhoOptedIn() {
        Event article = carol.event(30_023, now, "# hi", Tag.of("d", "x"));

        assertThat(publish(article)).isEqualTo(ok(article, ""));
        assertThat(sink.taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{}",
                "[]",
                "[\"AUTH\",{}]",
                "[\"COUNT\",\"s\",{}]",
                "[\"EVENT\"]",
                "[\"EVENT\",{}]",
                "[\"CLOSE\"]",
                "[[[[[[[[[[[[[[[[[[[["
            })
    void answersWhatItCannotReadWithANotice(String text) {
        assertThat(say(text)).hasSize(1).first().isInstanceOf(RelayMessage.Notice.class);
    }

    @Test
    void answersBadEventsByTheirId() {
        Event note = carol.note(now, "hello");
        String text = new ClientMessage.Publish(note).json().replace("\"tags\":[]", "\"tags\":[[1]]");

        assertThat(say(text)).containsExactly(no(note, "invalid: tags: not a string"));
    }

    @Test
    void surfacesDeepNestingAsARefusalOfTheEvent() {
        Event note = carol.note(now, "hello");
        String text = new ClientMessage.Publish(note).json().replace("\"tags\":[]", "\"tags\":" + "[".repeat(5_000));

        assertThat(say(text)).hasSize(1).first().isInstanceOfSatisfying(RelayMessage.Ok.class, ok -> {
            assertThat(ok.accepted()).isFalse();
            assertThat(ok.message()).startsWith("invalid: ");
        });
    }

    @Test
    void closesRequestsItCannotServe() {
        assertThat(say("[\"REQ\",\"s\",{\"ids\":[\"abc\"]}]"))
                .containsExactly(
                        new RelayMessage.Closed("s", "invalid: ids: not 64 characters of lower-case hexadecimal"));
        assertThat(say("[\"REQ\",\"s\",{\"search\":\"x\"}]"))
                .containsExactly(new RelayMessage.Closed("s", "unsupported: filter: unknown element search"));
        assertThat(say("[\"REQ\",\"" + "s".repeat(65) + "\",{}]")).first().isInstanceOf(RelayMessage.Closed.class);
    }

    @Test
    void closesSubscriptionsBeyondTheLimit() {
        for (int i = 0; i < RelayLimits.DEFAULT.subscriptions(); i++) {
            ask("s" + i, Filter.ANY.limit(0));
        }

        assertThat(ask("more", Filter.ANY))
                .containsExactly(new RelayMessage.Closed("more", "rate-limited: more than 40 subscriptions"));
        assertThat(ask("s0", Filter.ANY)).containsExactly(end("s0"));
    }

    @Test
    void slowsStrangersDownButNotPeopleWhoOptedIn() {
        for (int i = 0; i < RelayLimits.DEFAULT.strangerEvents(); i++) {
            publish(mallory.note(now, "spam " + i, Tag.of("p", ghost.key.hex())));
        }
        Event more = mallory.note(now, "more spam", Tag.of("p", ghost.key.hex()));

        assertThat(publish(more)).isEqualTo(no(more, "rate-limited: slow down"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(publish(more)).isEqualTo(ok(more, ""));

        var fresh = new FakePeer();
        RelaySession carols = open(fresh);
        for (int i = 0; i < 100; i++) {
            carols.text(new ClientMessage.Publish(carol.note(now, "post " + i)).json());
        }
        assertThat(heard(fresh))
                .allSatisfy(m -> assertThat(((RelayMessage.Ok) m).accepted()).isTrue());
    }

    @Test
    void endsTheConnectionOfASlowReader() {
        ask("s", Filter.ANY);
        peer.pending = RelayLimits.DEFAULT.pending() + 1;
        hub.published(carol.note(now, "hello"));

        assertThat(peer.closedWith).isEqualTo(1013);
        assertThat(peer.heard()).isEmpty();
        assertThat(hub.size()).isZero();
    }

    @Test
    void answersBinaryMessages() {
        session.binary(new byte[] {1});

        assertThat(heard(peer)).containsExactly(new RelayMessage.Notice("invalid: messages are text"));
    }

    @Test
    void neitherMissesNorRepeatsWhatArrivesWhileItReadsTheStore() {
        Event stored = carol.note(now, "stored");
        store.save(stored);
        Event meanwhile = carol.note(now, "meanwhile");
        store.whileReading = () -> {
            hub.published(stored);
            hub.published(meanwhile);
        };

        assertThat(ask("s", Filter.ANY))
                .containsExactly(new RelayMessage.Sent("s", stored), end("s"), new RelayMessage.Sent("s", meanwhile));
    }

    private static final class FailingStore implements EventStore {
        private final EventStore store = new InMemoryEventStore();
        private boolean broken;
        private Runnable whileReading = () -> {};

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
