package dev.drawbridge.atproto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One process at a time publishes, and no number is ever given twice.
@ExtendWith(TestMongo.class)
class PublisherTest {
    private static final Did DID = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Holder HERE = new Holder("here", 7, 1);
    private static final Holder THERE = new Holder("there", 7, 1);
    private final VirtualClock clock = new VirtualClock();
    private final MongoDatabase database;
    private final MongoEventLog log;
    private final MongoSequenceCounter counter;

    PublisherTest(MongoDatabase database) {
        this.database = database;
        log = new MongoEventLog(database);
        counter = new MongoSequenceCounter(database);
    }

    private Sequencer on(Holder holder) {
        return on(holder, OptionalLong.empty());
    }

    private Sequencer on(Holder holder, OptionalLong seenElsewhere) {
        return new Sequencer(log, counter, clock, holder, Budget.unlimited(clock), () -> seenElsewhere);
    }

    private long publish(Sequencer sequencer, String key) {
        return sequencer.publish(key, AccountEvent.active(1, DID, clock.instant()));
    }

    private static List<Long> numbers(Sequencer sequencer) {
        return sequencer.read(0, 1000).stream().map(StoredEvent::seq).toList();
    }

    @Test
    void aSecondProcessIsRefusedWhileTheFirstIsThere() {
        Sequencer first = on(HERE);
        publish(first, "a");
        Sequencer second = on(THERE);
        assertThat(second.beat()).isFalse();
        assertThatThrownBy(() -> publish(second, "b"))
                .isInstanceOf(NotPublishing.class)
                .hasMessageContaining("process 7 on here publishes the event stream");
        assertThat(second.trouble().orElseThrow()).contains("process 7 on here");
        clock.advance(Publisher.TERM.minusSeconds(1));
        assertThat(first.beat()).isTrue();
        clock.advance(Publisher.TERM.minusSeconds(1));
        assertThat(second.beat()).isFalse();
        assertThat(publish(first, "b")).isEqualTo(2);
    }

    @Test
    void whoStandsBySeesWhatIsPublishedAndTakesOverFromTheSilent() {
        Sequencer first = on(HERE);
        publish(first, "a");
        Sequencer second = on(THERE);
        publish(first, "b");
        second.beat();
        assertThat(second.latest()).isEqualTo(2);
        assertThat(numbers(second)).containsExactly(1L, 2L);
        clock.advance(Publisher.TERM.plusSeconds(1));
        assertThat(second.beat()).isTrue();
        assertThat(second.trouble()).isEmpty();
        long c = publish(second, "c");
        assertThat(c).isGreaterThan(Publisher.RESERVATION);
        assertThat(numbers(second)).containsExactly(1L, 2L, c);
    }

    @Test
    void whoWasGivenUpCannotPublishBetweenWhatOthersRead() {
        Sequencer first = on(HERE);
        publish(first, "a");
        clock.advance(Publisher.TERM.plusSeconds(1));
        Sequencer second = on(THERE);
        long b = publish(second, "b");
        assertThatThrownBy(() -> publish(first, "c"))
                .isInstanceOf(NotPublishing.class)
                .hasMessageContaining("process 7 on there");
        assertThatThrownBy(() -> publish(first, "c")).isInstanceOf(NotPublishing.class);
        assertThat(first.beat()).isFalse();
        assertThat(numbers(first)).isEqualTo(numbers(second)).containsExactly(1L, b);
        assertThat(publish(second, "c")).isEqualTo(b + 1);
    }

    @Test
    void whoStopsLeavesAtOnceAndWhoDiedOnTheSameHostIsNotWaitedFor() {
        Sequencer first = on(HERE);
        publish(first, "a");
        first.end();
        Sequencer second = on(THERE);
        long b = publish(second, "b");
        Sequencer third = on(new Holder("there", 7, 2));
        long c = publish(third, "c");
        assertThat(List.of(1L, b, c)).isSorted().doesNotHaveDuplicates();
        assertThatThrownBy(() -> publish(second, "d")).isInstanceOf(NotPublishing.class);
        assertThat(Holder.ofThisProcess()
                        .isOver(new Holder(Holder.ofThisProcess().host(), -5, 1)))
                .isFalse();
        assertThat(new Holder(
                                Holder.ofThisProcess().host(),
                                ProcessHandle.current().pid(),
                                1)
                        .isOver(new Holder(Holder.ofThisProcess().host(), -5, 1)))
                .isTrue();
    }

    @Test
    void aStoreThatWasPutBackGoesOnBehindWhatOthersHaveSeen() {
        Sequencer before = on(HERE);
        publish(before, "a");
        Sequencer restored = on(HERE, OptionalLong.of(5_000));
        long b = publish(restored, "b");
        assertThat(b).isEqualTo(5_000 + Publisher.MARGIN + 1);
        assertThat(counter.announcing()).contains("");
        counter.announced();
        Sequencer again = on(HERE, OptionalLong.of(b));
        assertThat(publish(again, "c")).isBetween(b + 1, b + 2L * Publisher.RESERVATION);
        assertThat(counter.announcing()).isEmpty();
    }

    @Test
    void whoHasSeenNoMoreThanWeGaveChangesNothing() {
        publish(on(HERE), "a");
        assertThat(publish(on(HERE, OptionalLong.of(1)), "b")).isLessThan(1000);
        assertThat(counter.announcing()).isEmpty();
    }

    @Test
    void aCounterFromBeforeThereWereTermsGoesOn() {
        database.getCollection("atproto_sequence").insertOne(new Document("_id", "events").append("reserved", 1000L));
        log.insert(List.of(new EventLog.Entry(new StoredEvent(3, new byte[] {1}), "old", clock.instant())));
        Sequencer sequencer = on(HERE);
        assertThat(publish(sequencer, "a")).isEqualTo(1001);
        assertThat(log.fill(4, clock.instant())).isFalse();
        assertThat(numbers(sequencer)).containsExactly(3L, 1001L);
    }

    @Test
    void aTermThatCouldNotBeginWhollyBeginsAnew() {
        for (int at = 1; at <= 5; at++) {
            database.drop();
            new MongoEventLog(database);
            Faults hiccup = Faults.once(at, true);
            Sequencer sequencer =
                    new Sequencer(hiccup.in(EventLog.class, log), hiccup.in(SequenceCounter.class, counter), clock);
            assertThatThrownBy(() -> publish(sequencer, "a")).isInstanceOf(Faults.Crash.class);
            publish(sequencer, "b");
            publish(sequencer, "a");
            assertThat(numbers(sequencer)).as("write %d", at).hasSize(2).isSorted();
        }
    }

    @Test
    void aLostCounterIsMadeAnewByWhoPublishes() {
        Sequencer sequencer = on(HERE);
        publish(sequencer, "a");
        database.getCollection("atproto_sequence").updateOne(Filters.eq("events"), Updates.unset("epoch"));
        clock.advance(Duration.ofSeconds(10));
        assertThat(sequencer.beat()).isTrue();
        assertThat(publish(sequencer, "b")).isGreaterThan(1);
    }
}
