package dev.drawbridge.atproto.record.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.Vectors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TidTest {
    @Test
    void aTidIsItsTimeAndItsClock() {
        Tid tid = Tid.of(1_750_000_000_000_000L, 7);
        assertThat(tid).hasToString("3lrnqk7qs222b");
        assertThat(tid.time()).isEqualTo(Instant.parse("2025-06-15T15:06:40Z"));
        assertThat(tid.clock()).isEqualTo(7);
    }

    @Test
    void tidsAreThoseOfTheReference() {
        for (var vector : Vectors.json("golden/misc.json").get("tids")) {
            assertThat(Tid.of(
                            vector.get("micros").asLong(), vector.get("clockId").asInt()))
                    .hasToString(vector.get("tid").asString());
        }
    }

    @Property
    void aTidGoesBothWaysAndSortsByTime(
            @ForAll @LongRange(min = 0, max = (1L << 53) - 1) long left,
            @ForAll @LongRange(min = 0, max = (1L << 53) - 1) long right,
            @ForAll @IntRange(max = 1023) int clock) {
        Tid tid = Tid.of(left, clock);
        assertThat(tid.micros()).isEqualTo(left);
        assertThat(tid.clock()).isEqualTo(clock);
        assertThat(new Tid(tid.value())).isEqualTo(tid);
        assertThat(Integer.signum(tid.compareTo(Tid.of(right, clock)))).isEqualTo(Long.compare(left, right));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Tid.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tid.of(1L << 53, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tid.of(0, 1024)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tid("zzzzzzzzzzzzz")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TidClock(Instant::now, 1024)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSourceAlwaysGetsTheSameTid() {
        Instant time = Instant.parse("2026-01-02T03:04:05Z");
        Tid tid = Tid.deterministic(time, "https://social.example/notes/1");
        assertThat(tid).isEqualTo(Tid.deterministic(time, "https://social.example/notes/1"));
        assertThat(tid).isNotEqualTo(Tid.deterministic(time, "https://social.example/notes/2"));
        assertThat(tid.time().toEpochMilli()).isEqualTo(time.toEpochMilli());
    }

    @Test
    void sourcesOfOneMillisecondKeepApart() {
        Instant time = Instant.parse("2026-01-02T03:04:05Z");
        long different = java.util.stream.IntStream.range(0, 500)
                .mapToObj(i -> Tid.deterministic(time, "source " + i))
                .distinct()
                .count();
        assertThat(different).isGreaterThanOrEqualTo(499);
    }

    @Test
    void impossibleTimesAreClamped() {
        assertThat(Tid.deterministic(Instant.MIN, "x").time().getEpochSecond()).isZero();
        assertThat(Tid.deterministic(Instant.MAX, "x").time()).isAfter(Instant.parse("2200-01-01T00:00:00Z"));
        assertThat(Tid.deterministic(Instant.parse("1969-01-01T00:00:00Z"), "x")
                        .time()
                        .getEpochSecond())
                .isZero();
    }

    @Test
    void aClockOnlyGoesForward() {
        List<Instant> times = new ArrayList<>(List.of(
                Instant.ofEpochSecond(1000),
                Instant.ofEpochSecond(1000),
                Instant.ofEpochSecond(10),
                Instant.ofEpochSecond(2000)));
        TidClock clock = new TidClock(times::removeFirst, 3);
        Tid first = clock.next();
        Tid second = clock.next();
        Tid third = clock.next();
        assertThat(first.micros()).isEqualTo(1_000_000_000L);
        assertThat(second.micros()).isEqualTo(1_000_000_001L);
        assertThat(third.micros()).isEqualTo(1_000_000_002L);
        assertThat(clock.next().micros()).isEqualTo(2_000_000_000L);
    }

    @Test
    void aClockPassesAnotherClocksLastRevision() {
        TidClock clock = new TidClock(() -> Instant.ofEpochSecond(1000), 0);
        Tid ahead = Tid.of(5_000_000_000L, 1023);
        assertThat(clock.after(ahead)).isGreaterThan(ahead);
        assertThat(clock.next().micros()).isEqualTo(5_000_000_002L);
    }
}
