package dev.drawbridge.atproto.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.TestPds;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class SubscriptionTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private final TestPds pds;
    private final Did alice;
    private final Reader reader = new Reader();
    private final CountingMeters meters = new CountingMeters();

    SubscriptionTest(MongoDatabase database) {
        pds = new TestPds(database);
        alice = pds.account("alice");
        pds.post(alice, "a", "one");
        pds.post(alice, "b", "two");
    }

    /// The other side of a socket that takes nothing until it is told to.
    private static final class Reader implements SocketPeer {
        private final List<byte[]> frames = new ArrayList<>();
        private final BlockingQueue<byte[]> arrivals = new LinkedBlockingQueue<>();
        private volatile long pending;
        private volatile int closed;

        @Override
        public void send(String text) {
            throw new AssertionError("text on a binary stream");
        }

        @Override
        public synchronized void send(byte[] bytes) {
            if (closed == 0) {
                frames.add(bytes);
                arrivals.add(bytes);
            }
        }

        @Override
        public long pending() {
            return pending;
        }

        @Override
        public void close(int code, String reason) {
            closed = code;
        }

        List<Frame> read() {
            return frames.stream().map(FrameCodec::decode).toList();
        }

        List<Long> numbers() {
            return read().stream()
                    .filter(Frame.Event.class::isInstance)
                    .map(frame -> ((Frame.Event) frame).event().seq())
                    .toList();
        }
    }

    private Subscription subscription() {
        return new Subscription(pds.store.sequencer(), reader, pds.clock, PATIENCE);
    }

    private Subscription.Next drain(Subscription subscription) {
        Subscription.Next next = Subscription.Next.GO_ON;
        while (next == Subscription.Next.GO_ON) {
            next = subscription.step();
        }
        return next;
    }

    @Test
    void withoutACursorOnlyWhatIsNewComes() {
        Subscription live = subscription();
        live.begin(Optional.empty());
        assertThat(drain(live)).isEqualTo(Subscription.Next.WAIT_FOR_EVENTS);
        assertThat(reader.frames).isEmpty();
        pds.post(alice, "c", "three");
        drain(live);
        assertThat(reader.numbers()).containsExactly(7L);
    }

    @Test
    void fromZeroEverythingComes() {
        Subscription all = subscription();
        all.begin(Optional.of("0"));
        drain(all);
        assertThat(reader.numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void fromACursorComesWhatFollowsIt() {
        Subscription some = subscription();
        some.begin(Optional.of("4"));
        drain(some);
        assertThat(reader.numbers()).containsExactly(5L, 6L);
        pds.post(alice, "c", "three");
        drain(some);
        assertThat(reader.numbers()).containsExactly(5L, 6L, 7L);
    }

    @Test
    void aCursorOfTheNewestEventIsNotInTheFuture() {
        Subscription now = subscription();
        now.begin(Optional.of("6"));
        assertThat(drain(now)).isEqualTo(Subscription.Next.WAIT_FOR_EVENTS);
        assertThat(reader.frames).isEmpty();
    }

    @Test
    void aCursorInTheFutureEndsTheStream() {
        assertThat(subscription().begin(Optional.of("7"))).isEqualTo(Subscription.Next.OVER);
        assertThat(reader.read())
                .singleElement()
                .isEqualTo(new Frame.Failure("FutureCursor", Optional.of("Cursor in the future.")));
        assertThat(reader.closed).isEqualTo(1008);
    }

    @Test
    void whatIsNoNumberIsNoCursor() {
        for (String cursor : List.of("-1", "abc", "", "99999999999999999999")) {
            assertThat(subscription().begin(Optional.of(cursor))).isEqualTo(Subscription.Next.OVER);
        }
        assertThat(reader.read())
                .allSatisfy(frame -> assertThat(frame)
                        .isInstanceOfSatisfying(
                                Frame.Failure.class, f -> assertThat(f.error()).isEqualTo("InvalidRequest")));
    }

    @Test
    void anOutdatedCursorIsToldAndBeginsAtTheOldest() {
        pds.clock.advance(Duration.ofHours(100));
        pds.post(alice, "c", "three");
        pds.store.sequencer().prune(Duration.ofHours(96));
        Subscription late = subscription();
        late.begin(Optional.of("2"));
        // The newest events are still in memory, so the oldest are those of the log.
        assertThat(reader.read())
                .singleElement()
                .isInstanceOfSatisfying(
                        Frame.Info.class, info -> assertThat(info.name()).isEqualTo("OutdatedCursor"));
        drain(late);
        assertThat(reader.numbers()).endsWith(7L);
        Reader atTheEdge = new Reader();
        new Subscription(pds.store.sequencer(), atTheEdge, pds.clock, PATIENCE).begin(Optional.of("6"));
        assertThat(atTheEdge.frames).isEmpty();
    }

    @Test
    void allReadersShareTheSameBytes() {
        Reader second = new Reader();
        Subscription one = subscription();
        Subscription two = new Subscription(pds.store.sequencer(), second, pds.clock, PATIENCE);
        one.begin(Optional.empty());
        two.begin(Optional.empty());
        pds.post(alice, "c", "three");
        drain(one);
        drain(two);
        assertThat(reader.frames.getFirst()).isSameAs(second.frames.getFirst());
    }

    @Test
    void aSlowReaderIsWaitedForAndThenCutOff() {
        Subscription slow = subscription();
        slow.begin(Optional.of("0"));
        reader.pending = Subscription.MAX_PENDING + 1;
        assertThat(slow.step()).isEqualTo(Subscription.Next.WAIT_FOR_READER);
        pds.clock.advance(PATIENCE.minusSeconds(1));
        assertThat(slow.step()).isEqualTo(Subscription.Next.WAIT_FOR_READER);
        assertThat(reader.frames).isEmpty();
        pds.clock.advance(Duration.ofSeconds(2));
        assertThat(slow.step()).isEqualTo(Subscription.Next.OVER);
        assertThat(reader.read())
                .singleElement()
                .isInstanceOfSatisfying(
                        Frame.Failure.class,
                        failure -> assertThat(failure.error()).isEqualTo("ConsumerTooSlow"));
        assertThat(reader.closed).isEqualTo(1008);
    }

    @Test
    void aReaderThatCatchesUpLosesNothing() {
        Subscription slow = subscription();
        slow.begin(Optional.of("0"));
        reader.pending = Subscription.MAX_PENDING + 1;
        slow.step();
        pds.clock.advance(PATIENCE.minusSeconds(1));
        reader.pending = 0;
        drain(slow);
        reader.pending = Subscription.MAX_PENDING + 1;
        pds.post(alice, "c", "three");
        pds.clock.advance(PATIENCE.minusSeconds(1));
        assertThat(slow.step()).isEqualTo(Subscription.Next.WAIT_FOR_READER);
        reader.pending = 0;
        drain(slow);
        assertThat(reader.numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void anOpenSocketGetsEventsAsTheyHappenUntilItIsClosed() throws Exception {
        SubscribeRepos stream = new SubscribeRepos(pds.store.sequencer(), pds.clock, PATIENCE, meters);
        HttpCall handshake = new HttpCall(
                "GET",
                URI.create("https://at.bridge.test" + SubscribeRepos.PATH + "?cursor=5"),
                Map.of(),
                Map.of(),
                new byte[0],
                "192.0.2.1");
        SocketSession session = stream.open(handshake, reader);
        assertThat(seq(reader.arrivals.poll(20, TimeUnit.SECONDS))).isEqualTo(6);
        pds.post(alice, "c", "three");
        assertThat(seq(reader.arrivals.poll(20, TimeUnit.SECONDS))).isEqualTo(7);
        assertThat(stream.readers()).isEqualTo(1);
        session.closed(1000, "");
        for (int i = 0; i < 2000 && stream.readers() > 0; i++) {
            Thread.onSpinWait();
            Thread.sleep(5);
        }
        assertThat(stream.readers()).isZero();
    }

    private HttpCall from(String remote) {
        return new HttpCall(
                "GET",
                URI.create("https://at.bridge.test" + SubscribeRepos.PATH),
                Map.of(),
                Map.of(),
                new byte[0],
                remote);
    }

    @Test
    void oneAddressTakesOnlySoManyPlacesAndAProxyIsNotOneAddress() {
        SubscribeRepos stream = new SubscribeRepos(pds.store.sequencer(), pds.clock, PATIENCE, meters);
        for (int i = 0; i < 30; i++) {
            stream.open(from("192.0.2.1"), new Reader());
            stream.open(from("10.0.0.1"), new Reader());
        }
        Reader tooMany = new Reader();
        stream.open(from("192.0.2.1"), tooMany);
        assertThat(tooMany.closed).isEqualTo(1013);
        assertThat(tooMany.read())
                .singleElement()
                .isInstanceOfSatisfying(
                        Frame.Failure.class, f -> assertThat(f.error()).isEqualTo("TooManyConnections"));
        assertThat(meters.counted("stream.cut too-many")).isEqualTo(1);
        stream.open(from("10.0.0.1"), new Reader());
        stream.open(from("192.0.2.2"), new Reader());
        assertThat(stream.readers()).isEqualTo(62);
        assertThat(meters.gauge("stream.readers")).isEqualTo(62);
        stream.close();
    }

    private static long seq(byte[] frame) {
        SyncEvent event = ((Frame.Event) FrameCodec.decode(frame)).event();
        assertThat(event).isInstanceOf(CommitEvent.class);
        return event.seq();
    }
}
