package dev.drawbridge.atproto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class SequencerTest {
    private static final Did DID = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private final VirtualClock clock = new VirtualClock();
    private final MongoEventLog log;
    private final MongoSequenceCounter counter;
    private Sequencer sequencer;

    SequencerTest(MongoDatabase database) {
        log = new MongoEventLog(database);
        counter = new MongoSequenceCounter(database);
        sequencer = new Sequencer(log, counter, clock);
    }

    private long publish(String key) {
        return sequencer.publish(key, AccountEvent.active(1, DID, clock.instant()));
    }

    private List<Long> numbers(long after) {
        return sequencer.read(after, 100).stream().map(StoredEvent::seq).toList();
    }

    @Test
    void numbersRiseFromOne() {
        assertThat(sequencer.latest()).isZero();
        assertThat(publish("a")).isEqualTo(1);
        assertThat(publish("b")).isEqualTo(2);
        assertThat(sequencer.latest()).isEqualTo(2);
        assertThat(numbers(0)).containsExactly(1L, 2L);
        assertThat(numbers(1)).containsExactly(2L);
        assertThat(numbers(2)).isEmpty();
    }

    @Test
    void theSameEventIsPublishedOnce() {
        assertThat(publish("a")).isEqualTo(publish("a"));
        assertThat(numbers(0)).containsExactly(1L);
    }

    @Test
    void noNumberIsGivenAgainAfterARestart() {
        publish("a");
        publish("b");
        sequencer = new Sequencer(log, counter, clock);
        assertThat(sequencer.latest()).isEqualTo(2);
        long next = publish("c");
        assertThat(next).isGreaterThan(2);
        assertThat(numbers(0)).containsExactly(1L, 2L, next);
        assertThat(numbers(1)).containsExactly(2L, next);
    }

    @Test
    void aLostCounterDoesNotLeadToANumberUsedTwice(MongoDatabase database) {
        MongoEventLog other = new MongoEventLog(database);
        Sequencer first = new Sequencer(other, counter, clock);
        first.publish("a", AccountEvent.active(1, DID, clock.instant()));
        database.getCollection("atproto_sequence").drop();
        Sequencer second = new Sequencer(other, counter, clock);
        assertThat(second.publish("b", AccountEvent.active(1, DID, clock.instant())))
                .isGreaterThan(1);
    }

    @Test
    void anInsertThatFailedButArrivedIsShownBeforeAnythingElse() {
        publish("a");
        sequencer = new Sequencer(Faults.once(2, true).in(EventLog.class, log), counter, clock);
        assertThatThrownBy(() -> publish("b")).isInstanceOf(Faults.Crash.class);
        assertThat(sequencer.latest()).isEqualTo(1);
        long c = publish("c");
        long b = publish("b");
        assertThat(b).isLessThan(c);
        assertThat(numbers(1)).containsExactly(b, c);
    }

    @Test
    void anInsertThatFailedCannotArriveLate() {
        sequencer = new Sequencer(Faults.once(2, false).in(EventLog.class, log), counter, clock);
        assertThatThrownBy(() -> publish("a")).isInstanceOf(Faults.Crash.class);
        long b = publish("b");
        var late = new EventLog.Entry(new StoredEvent(b - 1, new byte[] {1}), "a", clock.instant());
        assertThat(log.insert(List.of(late))).isZero();
        assertThat(publish("a")).isGreaterThan(b);
        assertThat(numbers(0)).doesNotContain(b - 1).hasSize(2);
    }

    /// What arrives in the log goes through here, and can be held up or broken there.
    private interface Inserts {
        int insert(EventLog real, List<EventLog.Entry> entries);
    }

    private EventLog with(Inserts inserts) {
        return (EventLog) java.lang.reflect.Proxy.newProxyInstance(
                EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (_, method, arguments) -> {
                    if (method.getName().equals("insert")) {
                        @SuppressWarnings("unchecked")
                        var entries = (List<EventLog.Entry>) arguments[0];
                        return inserts.insert(log, entries);
                    }
                    return method.invoke(log, arguments);
                });
    }

    private Future<Long> publishing(ExecutorService threads, String key) throws InterruptedException {
        int before = sequencer.waiting();
        Future<Long> done = threads.submit(() -> publish(key));
        while (sequencer.waiting() == before && !done.isDone()) {
            Thread.onSpinWait();
        }
        return done;
    }

    @Test
    void whatComesWhileAnEventIsStoredIsStoredTogether() throws Exception {
        List<Integer> batches = new CopyOnWriteArrayList<>();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        sequencer = new Sequencer(
                with((real, entries) -> {
                    batches.add(entries.size());
                    inside.countDown();
                    assertThatNoException().isThrownBy(go::await);
                    return real.insert(entries);
                }),
                counter,
                clock);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> first = threads.submit(() -> publish("a"));
            inside.await();
            List<Future<Long>> rest = new ArrayList<>();
            for (String key : List.of("b", "c", "d", "b")) {
                rest.add(publishing(threads, key));
            }
            assertThat(sequencer.latest()).isZero();
            assertThat(numbers(0)).isEmpty();
            go.countDown();
            assertThat(first.get()).isEqualTo(1);
            assertThat(rest.get(0).get()).isEqualTo(2);
            assertThat(rest.get(1).get()).isEqualTo(3);
            assertThat(rest.get(3).get()).isEqualTo(2);
        }
        assertThat(batches).startsWith(1, 4);
        assertThat(numbers(0)).hasSize(4).isSorted();
    }

    @Test
    void aBatchOfWhichOnlyTheFirstArrivedIsSettledNumberByNumber() {
        boolean[] broken = {true};
        sequencer = new Sequencer(
                with((real, entries) -> {
                    if (broken[0] && entries.size() == 3) {
                        real.insert(entries.subList(0, 1));
                        throw new Faults.Crash();
                    }
                    return real.insert(entries);
                }),
                counter,
                clock);
        List<EventWriter.Keyed> three = List.of(keyed("a"), keyed("b"), keyed("c"));
        assertThatThrownBy(() -> sequencer.publish(three)).isInstanceOf(Faults.Crash.class);
        assertThat(sequencer.latest()).isZero();
        broken[0] = false;
        long d = publish("d");
        assertThat(numbers(0)).containsExactly(1L, d);
        assertThat(d).isGreaterThan(3);
        assertThat(sequencer.publish(three)).startsWith(1L).isSorted().allMatch(seq -> seq == 1 || seq > d);
        assertThat(numbers(0)).hasSize(4);
        Sequencer again = new Sequencer(log, counter, clock);
        assertThat(again.read(0, 100)).extracting(StoredEvent::seq).containsExactlyElementsOf(numbers(0));
    }

    @Test
    void eventsOfOneCallerStayTogetherWhenOneOfThemIsThereAlready() {
        publish("b");
        assertThat(sequencer.publish(List.of(keyed("a"), keyed("b"), keyed("c"))))
                .containsExactly(2L, 1L, 4L);
        assertThat(numbers(0)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void moreEventsThanOneReservationHoldsKeepTheirOrder() {
        List<EventWriter.Keyed> many =
                IntStream.range(0, 700).mapToObj(i -> keyed("k" + i)).toList();
        publish("a");
        assertThat(sequencer.publish(many)).isSorted().hasSize(700).doesNotHaveDuplicates();
        assertThat(sequencer.read(0, 1000)).hasSize(701);
    }

    @Test
    void whoReadsFromTheLogGetsEveryEventOnceInWhateverPages() {
        for (int i = 0; i < 450; i++) {
            publish("k" + i);
        }
        sequencer = new Sequencer(log, counter, clock);
        for (long start : List.of(0L, 37L, 99L, 100L, 250L)) {
            List<Long> seen = new ArrayList<>();
            long at = start;
            for (List<Long> page = numbers(at); !page.isEmpty(); page = numbers(at)) {
                seen.addAll(page);
                at = page.getLast();
            }
            assertThat(seen)
                    .isEqualTo(LongStream.rangeClosed(start + 1, 450).boxed().toList());
        }
        publish("new");
        assertThat(numbers(449)).hasSize(2);
    }

    @Test
    void readersBesideAWriterMissNothing() throws Exception {
        EventRing ring = new EventRing(8, 1_000, 0);
        int events = 200_000;
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<Long> reading = () -> {
                long at = 0;
                long fellBehind = 0;
                while (at < events) {
                    var page = ring.after(at, 5);
                    if (page.isEmpty()) {
                        at++;
                        fellBehind++;
                        continue;
                    }
                    for (StoredEvent event : page.get()) {
                        assertThat(event.seq()).isEqualTo(++at);
                    }
                }
                return fellBehind;
            };
            Future<Long> one = threads.submit(reading);
            Future<Long> two = threads.submit(reading);
            for (long seq = 1; seq <= events; seq++) {
                ring.add(new StoredEvent(seq, new byte[1]));
            }
            assertThat(one.get()).isNotNegative();
            assertThat(two.get()).isNotNegative();
        }
    }

    private EventWriter.Keyed keyed(String key) {
        return new EventWriter.Keyed(key, AccountEvent.active(1, DID, clock.instant()));
    }

    @Test
    void oldEventsGoAndTheNumbersStay() {
        publish("a");
        clock.advance(Duration.ofHours(80));
        long b = publish("b");
        sequencer.prune(Duration.ofHours(72));
        sequencer = new Sequencer(log, counter, clock);
        assertThat(sequencer.prunedUpTo()).isEqualTo(1);
        assertThat(numbers(0)).containsExactly(b);
        clock.advance(Duration.ofHours(80));
        sequencer.prune(Duration.ofHours(72));
        sequencer = new Sequencer(log, counter, clock);
        assertThat(sequencer.latest()).isEqualTo(b);
        assertThat(publish("c")).isGreaterThan(b);
    }

    @Test
    void theRingKeepsWithinItsBoundsAndSaysWhatItNoLongerHas() {
        EventRing ring = new EventRing(3, 10, 5);
        assertThat(ring.after(4, 10)).isEmpty();
        assertThat(ring.after(5, 10)).contains(List.of());
        for (long seq = 6; seq < 12; seq++) {
            ring.add(new StoredEvent(seq, new byte[2]));
        }
        assertThat(ring.after(7, 10)).isEmpty();
        assertThat(ring.after(8, 2).orElseThrow()).extracting(StoredEvent::seq).containsExactly(9L, 10L);
        ring.add(new StoredEvent(12, new byte[50]));
        assertThat(ring.after(11, 10).orElseThrow())
                .extracting(StoredEvent::seq)
                .containsExactly(12L);
        assertThat(ring.after(10, 10)).isEmpty();
    }
}
