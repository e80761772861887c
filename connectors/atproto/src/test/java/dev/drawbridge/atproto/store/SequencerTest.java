package dev.drawbridge.atproto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class SequencerTest {
    private static final Did DID = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private final VirtualClock clock = new VirtualClock();
    private final MongoEventLog log;
    private Sequencer sequencer;

    SequencerTest(MongoDatabase database) {
        log = new MongoEventLog(database);
        sequencer = new Sequencer(log, clock);
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
        sequencer = new Sequencer(log, clock);
        assertThat(sequencer.latest()).isEqualTo(2);
        long next = publish("c");
        assertThat(next).isGreaterThan(2);
        assertThat(numbers(0)).containsExactly(1L, 2L, next);
        assertThat(numbers(1)).containsExactly(2L, next);
    }

    @Test
    void aLostCounterDoesNotLeadToANumberUsedTwice(MongoDatabase database) {
        MongoEventLog other = new MongoEventLog(database);
        Sequencer first = new Sequencer(other, clock);
        first.publish("a", AccountEvent.active(1, DID, clock.instant()));
        database.getCollection("atproto_sequence").drop();
        Sequencer second = new Sequencer(other, clock);
        assertThat(second.publish("b", AccountEvent.active(1, DID, clock.instant())))
                .isGreaterThan(1);
    }

    @Test
    void anInsertThatFailedButArrivedIsShownBeforeAnythingElse() {
        publish("a");
        sequencer = new Sequencer(Faults.once(2, true).in(EventLog.class, log), clock);
        assertThatThrownBy(() -> publish("b")).isInstanceOf(Faults.Crash.class);
        assertThat(sequencer.latest()).isEqualTo(1);
        long c = publish("c");
        long b = publish("b");
        assertThat(b).isLessThan(c);
        assertThat(numbers(1)).containsExactly(b, c);
    }

    @Test
    void anInsertThatFailedCannotArriveLate() {
        sequencer = new Sequencer(Faults.once(2, false).in(EventLog.class, log), clock);
        assertThatThrownBy(() -> publish("a")).isInstanceOf(Faults.Crash.class);
        long b = publish("b");
        assertThat(log.insert(new StoredEvent(b - 1, new byte[] {1}), "a", clock.instant()))
                .isFalse();
        assertThat(publish("a")).isGreaterThan(b);
        assertThat(numbers(0)).doesNotContain(b - 1).hasSize(2);
    }

    @Test
    void oldEventsGoAndTheNumbersStay() {
        publish("a");
        clock.advance(Duration.ofHours(80));
        long b = publish("b");
        sequencer.prune(Duration.ofHours(72));
        sequencer = new Sequencer(log, clock);
        assertThat(sequencer.prunedUpTo()).isEqualTo(1);
        assertThat(numbers(0)).containsExactly(b);
        clock.advance(Duration.ofHours(80));
        sequencer.prune(Duration.ofHours(72));
        sequencer = new Sequencer(log, clock);
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
