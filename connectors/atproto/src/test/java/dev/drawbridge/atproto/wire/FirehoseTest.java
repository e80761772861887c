package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.TestPds;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.StoredEvent;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class FirehoseTest {
    private static final URI SERVICE = URI.create("wss://relay.test");
    private static final String STREAM = "atproto:wss://relay.test";
    private static final long PATIENCE = 30;

    private final TestPds pds;
    private final Did bob;
    private final Did carol;
    private final FakeWeb web = new FakeWeb();
    private final InMemoryCursors cursors = new InMemoryCursors();
    private final Relay relay = new Relay();
    private final BlockingQueue<NativeEvent> stored = new LinkedBlockingQueue<>();
    private final BlockingQueue<NativeEvent> turnedAway = new LinkedBlockingQueue<>();
    private final NewsDesk desk;
    private StreamReader firehose;
    private volatile boolean storeDown;

    FirehoseTest(MongoDatabase database) {
        pds = new TestPds(database);
        bob = pds.account("bob");
        directory("bob", bob);
        carol = pds.account("carol");
        directory("carol", carol);
        Watchlist watchlist = new FixedWatchlist(
                Set.of(new NativeId(Network.ATPROTO, bob.value()), new NativeId(Network.ATPROTO, carol.value())),
                Set.of());
        People people = web.people(pds.clock);
        desk = new NewsDesk(Newsroom.of(
                new AtprotoTranslator(),
                watchlist,
                new InMemoryFollows(),
                new InMemoryIdentityMap(),
                pds.cryptography,
                people,
                new HostClient(web),
                pds.clock));
        firehose = firehose(Optional.empty());
    }

    private void directory(String name, Did did) {
        var document = PlcState.document(did, pds.genesis(name, URI.create("https://pds.test")))
                .orElseThrow();
        web.has("GET https://plc.test/" + did, 200, DataJson.write(document.toJson()));
    }

    private StreamReader firehose(Optional<Long> first) {
        RandomGenerator hurried = () -> 0;
        return new StreamReader(new Firehose(SERVICE, desk), relay, cursors, pds.clock, hurried, first);
    }

    @AfterEach
    void stop() {
        firehose.stop();
    }

    private void start() {
        firehose.start(event -> {
            if (storeDown) {
                turnedAway.add(event);
                return new Receipt.Busy(Duration.ofMillis(5));
            }
            stored.add(event);
            return new Receipt.Accepted();
        });
    }

    /// The far end: sessions as they are opened.
    private static final class Relay implements OutboundSockets {
        private final BlockingQueue<SocketSession> sessions = new LinkedBlockingQueue<>();
        private final BlockingQueue<URI> addresses = new LinkedBlockingQueue<>();
        private volatile boolean down;

        @Override
        public SocketPeer connect(URI uri, long maxMessageBytes, Function<SocketPeer, SocketSession> session) {
            addresses.add(uri);
            if (down) {
                throw new OutboundException(Failure.UNREACHABLE, "down");
            }
            SocketPeer peer = new SocketPeer() {
                @Override
                public void send(String text) {}

                @Override
                public void send(byte[] bytes) {}

                @Override
                public long pending() {
                    return 0;
                }

                @Override
                public void close(int code, String reason) {}
            };
            sessions.add(session.apply(peer));
            return peer;
        }

        SocketSession connected() throws InterruptedException {
            return java.util.Objects.requireNonNull(sessions.poll(PATIENCE, TimeUnit.SECONDS), "no connection");
        }

        String asked() throws InterruptedException {
            return String.valueOf(addresses.poll(PATIENCE, TimeUnit.SECONDS));
        }
    }

    private byte[] post(String rkey) {
        return post(bob, rkey);
    }

    private byte[] post(Did author, String rkey) {
        pds.post(author, rkey, "text of " + rkey);
        StoredEvent last = pds.store
                .sequencer()
                .read(pds.store.sequencer().latest() - 1, 1)
                .getFirst();
        return last.frame();
    }

    private NativeEvent next() throws InterruptedException {
        return java.util.Objects.requireNonNull(stored.poll(PATIENCE, TimeUnit.SECONDS), "no event");
    }

    private void turnedAwayTwice() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            assertThat(turnedAway.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private void cursorIs(String expected) throws InterruptedException {
        for (int i = 0; i < 3000 && !cursors.get(STREAM).equals(Optional.of(expected)); i++) {
            Thread.sleep(5);
        }
        assertThat(cursors.get(STREAM)).contains(expected);
    }

    @Test
    void beginsNowAndThenWhereItWas() throws Exception {
        start();
        assertThat(relay.asked()).isEqualTo("wss://relay.test/xrpc/com.atproto.sync.subscribeRepos");
        SocketSession session = relay.connected();
        session.binary(post("a"));
        assertThat(next().kind()).isEqualTo(NativeEvent.Kind.POST);
        cursorIs("9");
        session.closed(1006, "gone");
        assertThat(relay.asked()).endsWith("subscribeRepos?cursor=9");
        relay.connected().binary(post("b"));
        assertThat(next().id().value()).contains("/b#");
        cursorIs("10");
    }

    @Test
    void aSandboxIsReadFromItsFirstWordAndOnlyOnce() throws Exception {
        firehose = firehose(Optional.of(0L));
        start();
        assertThat(relay.asked()).endsWith("?cursor=0");
        SocketSession session = relay.connected();
        session.binary(post("a"));
        cursorIs("9");
        session.closed(1000, "");
        assertThat(relay.asked()).endsWith("?cursor=9");
    }

    @Test
    void theCursorWaitsForTheEngine() throws Exception {
        storeDown = true;
        start();
        SocketSession session = relay.connected();
        session.binary(post("a"));
        session.binary(post("b"));
        turnedAwayTwice();
        assertThat(cursors.get(STREAM)).isNotEqualTo(Optional.of("9"));
        storeDown = false;
        assertThat(next().id().value()).contains("/a#");
        assertThat(next().id().value()).contains("/b#");
        cursorIs("10");
    }

    @Test
    void stoppingWhileTheEngineIsBusyKeepsTheCursor() throws Exception {
        storeDown = true;
        start();
        relay.connected().binary(post("a"));
        turnedAwayTwice();
        firehose.stop();
        assertThat(cursors.get(STREAM)).as("before it").contains("8");
        assertThat(stored).isEmpty();
    }

    @Test
    void rubbishIsSkippedAndWhatCameAlreadyIsNotReadTwice() throws Exception {
        start();
        SocketSession session = relay.connected();
        byte[] a = post("a");
        session.binary(new byte[] {1, 2, 3});
        session.text("hello");
        session.binary(a);
        session.binary(a);
        session.binary(post("b"));
        assertThat(next().id().value()).contains("/a#");
        assertThat(next().id().value()).contains("/b#");
        cursorIs("10");
        assertThat(stored).isEmpty();
    }

    @Test
    void aRelayThatForgotItsNumbersIsReadFromItsBeginning() throws Exception {
        cursors.put(STREAM, "900");
        start();
        assertThat(relay.asked()).endsWith("?cursor=900");
        SocketSession session = relay.connected();
        session.binary(FrameCodec.encode(new Frame.Failure("FutureCursor", Optional.empty())));
        session.closed(1008, "FutureCursor");
        assertThat(relay.asked()).endsWith("?cursor=0");
        relay.connected().binary(post("a"));
        next();
        cursorIs("9");
    }

    @Test
    void aRelayThatIsDownIsTriedAgainAndReported() throws Exception {
        relay.down = true;
        start();
        relay.asked();
        relay.asked();
        assertThat(firehose.trouble().orElseThrow()).contains("wss://relay.test");
        relay.down = false;
        relay.connected().binary(post("a"));
        next();
        cursorIs("9");
        assertThat(firehose.trouble()).isEmpty();
    }

    @Test
    void whoHasToBeWaitedForHoldsUpNobodyElse() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        web.hangs("GET https://plc.test/" + bob, answer);
        start();
        SocketSession session = relay.connected();
        session.binary(post(bob, "a"));
        session.binary(post(carol, "c"));
        session.binary(post(bob, "b"));
        session.binary(post(carol, "d"));
        assertThat(next().id().value()).contains("/c#");
        assertThat(next().id().value()).contains("/d#");
        cursorIs("8");
        answer.countDown();
        assertThat(next().id().value()).as("in the order of their author").contains("/a#");
        assertThat(next().id().value()).contains("/b#");
        cursorIs("12");
    }

    @Test
    void whatWasWaitedForIsReadAgainAfterARestart() throws Exception {
        web.hangs("GET https://plc.test/" + bob, new CountDownLatch(1));
        start();
        SocketSession session = relay.connected();
        relay.asked();
        byte[] hanging = post(bob, "a");
        byte[] other = post(carol, "b");
        session.binary(hanging);
        session.binary(other);
        assertThat(next().id().value()).contains("/b#");
        cursorIs("8");
        firehose.stop();
        assertThat(cursors.get(STREAM)).contains("8");
        web.hangs("GET https://plc.test/" + bob, new CountDownLatch(0));
        // Then whoever was silent is asked again.
        pds.clock.advance(Duration.ofMinutes(1));
        firehose = firehose(Optional.empty());
        start();
        assertThat(relay.asked()).endsWith("?cursor=8");
        SocketSession again = relay.connected();
        again.binary(hanging);
        again.binary(other);
        Set<String> ids = Set.of(next().id().value(), next().id().value());
        assertThat(ids).anyMatch(id -> id.contains("/a#")).anyMatch(id -> id.contains("/b#"));
        cursorIs("10");
    }

    @Test
    void afterALostConnectionWhatIsStillWorkedOnIsNotAskedForAgain() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        web.hangs("GET https://plc.test/" + bob, answer);
        start();
        relay.asked();
        SocketSession session = relay.connected();
        session.binary(post(bob, "a"));
        session.binary(post(carol, "b"));
        next();
        session.closed(1006, "gone");
        assertThat(relay.asked()).endsWith("?cursor=10");
        answer.countDown();
        assertThat(next().id().value()).contains("/a#");
        cursorIs("10");
    }
}
