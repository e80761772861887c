package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Carol published before she was mirrored, at the relay of the settings and where she writes.
class HistoryTest extends ConnectorScene {
    private static final String THEIRS = "wss://theirs.example/";
    private final Remote theirs = new Remote();

    @BeforeEach
    void carolWritesElsewhere() {
        world.sockets.serve(THEIRS, theirs::open);
        put(relay, carol.event(Kind.RELAY_LIST, now, "", Tag.of("r", THEIRS, "write")));
        world.watchlist.watch(carol.id());
        world.timer.run(Duration.ofSeconds(1));
        // From here on whoever waits for a connection gets it.
        world.timer.eager = true;
    }

    private static Event put(Remote at, Event event) {
        at.events.put(event.id().hex(), event);
        return event;
    }

    private Event said(Remote at, long before, String text) {
        return put(at, carol.note(now - before, text));
    }

    private List<NativeEvent> past(int most) {
        return connector.history(carol.id(), most).orElseThrow();
    }

    private static List<NativeId> ids(Event... events) {
        return List.of(events).stream()
                .map(e -> new NativeId(Network.NOSTR, e.id().hex()))
                .toList();
    }

    @Test
    void everyPlaceIsAskedAndTheNewestComeFirstAndOnce() {
        Event first = said(theirs, 500, "first");
        Event second = said(relay, 400, "second");
        Event third = said(theirs, 300, "third");
        put(relay, third);
        Event article = put(theirs, carol.event(Kind.ARTICLE, now - 200, "# Words", Tag.of("d", "a")));
        put(relay, carol.event(Kind.ARTICLE, now - 600, "# An older version", Tag.of("d", "a")));
        put(
                theirs,
                carol.event(
                        Kind.REACTION, now - 100, "+", Tag.of("e", first.id().hex())));
        put(theirs, people.person("dora").note(now - 100, "somebody else's"));

        List<NativeEvent> past = past(10);
        assertThat(past).extracting(NativeEvent::id).containsExactlyElementsOf(ids(article, third, second, first));
        assertThat(past).extracting(NativeEvent::kind).containsOnly(NativeEvent.Kind.POST);
        assertThat(past.getFirst().object().value()).isEqualTo("30023:" + carol.key.hex() + ":a");
        assertThat(past.getFirst().body().text()).isEqualTo(article.json());
        assertThat(past(2)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(article, third));
    }

    @Test
    void itIsTheSameEventAsARelaySends() {
        Event note = said(relay, 300, "hi");
        List<NativeEvent> past = past(10);
        world.timer.eager = false;
        world.watchlist.watch(people.person("nobody").id());
        world.timer.run(Duration.ofSeconds(1));
        assertThat(world.sink.taken())
                .extracting(NativeEvent::id)
                .containsExactlyElementsOf(ids(note))
                .containsExactly(past.getFirst().id());
    }

    @Test
    void moreThanOnePageIsReadAndNoMoreThanIsWanted() {
        List<Event> all = new ArrayList<>();
        for (int i = 1_200; i > 0; i--) {
            // Some of them in one second.
            all.add(said(theirs, i / 3, "note " + i));
        }
        assertThat(past(1_000)).hasSize(1_000);
        assertThat(past(2_000)).hasSize(1_200);
    }

    @Test
    void whatWasDeletedIsNotThereWhereverThatIsSaid() {
        Event gone = said(theirs, 500, "gone");
        Event stays = said(theirs, 400, "stays");
        Event article = put(theirs, carol.event(Kind.ARTICLE, now - 300, "# Words", Tag.of("d", "a")));
        Event rewritten = put(theirs, carol.event(Kind.ARTICLE, now - 50, "# New words", Tag.of("d", "b")));
        put(
                relay,
                carol.event(Kind.DELETION, now - 200, "", Tag.of("e", gone.id().hex())));
        put(
                relay,
                carol.event(
                        Kind.DELETION,
                        now - 100,
                        "",
                        Tag.of("a", article.address().orElseThrow()),
                        Tag.of("a", rewritten.address().orElseThrow())));
        put(
                relay,
                people.person("mallory")
                        .event(Kind.DELETION, now, "", Tag.of("e", stays.id().hex())));
        assertThat(past(10)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(rewritten, stays));

        put(relay, carol.event(Kind.VANISH, now - 350, "", Tag.of("relay", "wss://else.example")));
        assertThat(past(10)).as("somebody else forgets her").hasSize(2);
        put(relay, carol.event(Kind.VANISH, now - 350, "", Tag.of("relay", "ALL_RELAYS")));
        assertThat(past(10)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(rewritten));
    }

    @Test
    void olderThanWhatAFullPlaceHasIsNotTaken() {
        Event gone = said(relay, 900, "deleted at the other place, before what was read there");
        put(
                theirs,
                carol.event(Kind.DELETION, now - 800, "", Tag.of("e", gone.id().hex())));
        Event old = said(theirs, 300, "old");
        Event other = said(theirs, 200, "other");
        put(
                relay,
                carol.event(Kind.DELETION, now - 100, "", Tag.of("e", other.id().hex())));
        assertThat(past(2)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(old));
    }

    @Test
    void whatBridgesMadeAndWhatIsNotToBePassedOnStaysWhereItIs() {
        put(theirs, carol.event(1, now - 10, "copied", Tag.of("proxy", "https://x.example/1", "activitypub")));
        put(theirs, carol.event(1, now - 10, "for this relay only", Tag.of("-")));
        put(theirs, carol.event(1, now - 10, "over", Tag.of("expiration", Long.toString(now - 1))));
        put(theirs, carol.note(now + 10_000, "from the future"));
        assertThat(past(10)).isEmpty();
    }

    @Test
    void forgeriesAreNotTakenAndWhoBringsManyIsNotReadToTheEnd() {
        Event real = said(relay, 100, "real");
        List<Event> forged = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            forged.add(carol.note(now - i, "never said " + i).unsigned().signed(new byte[64]));
        }
        var pages = new AtomicInteger();
        theirRelay(answering((request, peer) -> {
            pages.incrementAndGet();
            forged.forEach(e -> peer.send(new RelayMessage.Sent(request.subscription(), e).json()));
            peer.send(new RelayMessage.EndOfStored(request.subscription(), false).json());
        }));
        notNowThreeTimes();
        assertThat(past(50)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(real));
        assertThat(pages).as("one each time").hasValue(4);
    }

    @Test
    void aRelayThatGoesOnForEverIsLeft() {
        Event real = said(relay, 50, "real");
        said(relay, 500, "older than what was read there");
        var pages = new AtomicInteger();
        theirRelay(answering((request, peer) -> {
            // Whatever is asked, it has one more that is older.
            int page = pages.incrementAndGet();
            Event more = carol.event(Kind.DELETION, now - page, "", Tag.of("e", "ab".repeat(32)));
            peer.send(new RelayMessage.Sent(request.subscription(), more).json());
            peer.send(new RelayMessage.EndOfStored(request.subscription(), false).json());
        }));
        assertThat(past(10)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(real));
        assertThat(pages).hasValueBetween(2, 100);
    }

    private void notNowThreeTimes() {
        for (int i = 0; i < 3; i++) {
            assertThat(connector.history(carol.id(), 50)).as("try %s", i).isEmpty();
        }
    }

    @Test
    void theRelayTheyWriteToIsWaitedForAFewTimesAndThenHoldsUpNobody() {
        Event real = said(relay, 100, "real");
        world.sockets.remove(THEIRS);
        world.sockets.line(THEIRS).cut();
        notNowThreeTimes();
        assertThat(past(50)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(real));
    }

    @Test
    void olderThanWhatARelayToldBeforeItFellSilentIsNotTaken() throws Exception {
        Event gone = said(relay, 400, "deleted on page two of the relay they write to");
        Event deletion =
                carol.event(Kind.DELETION, now - 300, "", Tag.of("e", gone.id().hex()));
        Event last = carol.note(now - 100, "on page one");
        var asked = new Semaphore(0);
        theirRelay(answering((request, peer) -> {
            if (request.filters().getFirst().matches(carol.note(now - 1, "is this page one?"))) {
                peer.send(new RelayMessage.Sent(request.subscription(), last).json());
                peer.send(new RelayMessage.EndOfStored(request.subscription(), false).json());
                asked.release();
            }
        }));
        for (int i = 0; i < 3; i++) {
            assertThat(meanwhile(asked)).as("try %s", i).isEmpty();
        }
        assertThat(meanwhile(asked))
                .hasValueSatisfying(
                        past -> assertThat(past).extracting(NativeEvent::id).containsExactlyElementsOf(ids(last)));

        theirRelay(theirs::open);
        put(theirs, last);
        put(theirs, deletion);
        Event before = said(relay, 500, "before all that");
        assertThat(past(9)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(last, before));
    }

    @Test
    void deletionsHereAreNoPosts() {
        Event old = said(theirs, 900, "old");
        for (int i = 1; i < 9; i++) {
            store.events().save(carol.event(Kind.DELETION, now - i, "", Tag.of("e", "ab".repeat(32))));
        }
        assertThat(past(2)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(old));
    }

    @Test
    void nothingFoundWhileOneIsSilentIsNotNothing() throws Exception {
        assertThat(whileTheirRelayIsSilent()).isEmpty();
        theirRelay(theirs::open);
        assertThat(connector.history(carol.id(), 9)).contains(List.of());
        world.sockets.remove(THEIRS);
        world.sockets.line(THEIRS).cut();
        assertThat(connector.history(carol.id(), 9)).as("nobody there").isEmpty();
    }

    /// From now on another server is there.
    private void theirRelay(Function<SocketPeer, SocketSession> server) {
        world.sockets.serve(THEIRS, server);
        world.sockets.line(THEIRS).cut();
        world.timer.run(Duration.ofMinutes(10));
        assertThat(world.sockets.connected(THEIRS)).isTrue();
    }

    private Optional<List<NativeEvent>> whileTheirRelayIsSilent() throws Exception {
        var asked = new Semaphore(0);
        theirRelay(answering((_, _) -> asked.release()));
        return meanwhile(asked);
    }

    /// @param asked has one more when time may go on
    private Optional<List<NativeEvent>> meanwhile(Semaphore asked) throws Exception {
        var answer = new CompletableFuture<Optional<List<NativeEvent>>>();
        Thread.ofVirtual().start(() -> answer.complete(connector.history(carol.id(), 9)));
        asked.acquire();
        while (!answer.isDone()) {
            world.timer.run(Duration.ofMillis(100));
            Thread.onSpinWait();
        }
        return answer.join();
    }

    private static Function<SocketPeer, SocketSession> answering(BiConsumer<ClientMessage.Request, SocketPeer> answer) {
        return peer -> new SocketSession() {
            @Override
            public void text(String message) {
                // What is asked once, and not what is listened to.
                if (ClientMessage.read(message) instanceof ClientMessage.Request request
                        && request.subscription().startsWith("q")) {
                    answer.accept(request, peer);
                }
            }

            @Override
            public void closed(int code, String reason) {}
        };
    }

    @Test
    void whatOurOwnRelayHasCountsToo() {
        Event here = carol.note(now - 100, "here");
        store.events().save(here);
        assertThat(past(9)).extracting(NativeEvent::id).containsExactlyElementsOf(ids(here));
        assertThat(stored(Filter.ANY.authors(List.of(carol.key)))).hasSize(1);
    }

    @Test
    void whoIsNoKeyHasNoPast() {
        assertThat(connector.history(new NativeId(Network.NOSTR, "nobody"), 9)).contains(List.of());
    }
}
