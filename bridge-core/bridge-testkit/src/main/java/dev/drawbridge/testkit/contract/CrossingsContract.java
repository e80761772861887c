package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.ALICE;
import static dev.drawbridge.testkit.contract.Samples.NOON;
import static dev.drawbridge.testkit.contract.Samples.event;
import static dev.drawbridge.testkit.contract.Samples.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Crossings.Crossing;
import dev.drawbridge.model.port.Crossings.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Crossings] must do.
public abstract class CrossingsContract {
    /// How many crossings the implementation under test keeps.
    protected static final int KEPT = 20;

    /// How many more may be there before it sweeps.
    protected static final int SLACK = 10;

    private static final Instant HOUR = NOON.truncatedTo(ChronoUnit.HOURS);

    private Crossings crossings = none();

    /// An implementation that holds nothing and keeps [#KEPT].
    protected abstract Crossings none();

    @BeforeEach
    void startEmpty() {
        crossings = none();
    }

    @Test
    void nothingCrossedAtFirst() {
        assertThat(crossings.newest(10)).isEmpty();
        for (State state : State.values()) {
            assertThat(crossings.count(state)).isZero();
        }
    }

    @Test
    void aCrossingIsKeptAsItWas() {
        Crossing crossing = new Crossing(
                "id",
                "Publish",
                ALICE,
                post(1),
                Network.NOSTR,
                Optional.of(event(1)),
                State.CROSSED,
                "",
                List.of(new Loss("mention", "not bridged"), new Loss("languages", "only one fits")),
                Duration.ofNanos(12_345_678),
                NOON,
                true);
        crossings.record(crossing);
        assertThat(crossings.newest(1)).containsExactly(crossing);
        assertThat(crossings.count(State.CROSSED)).isEqualTo(1);
    }

    @Test
    void aLaterStateReplacesAnEarlierOne() {
        crossings.record(crossing(1, State.WAITING));
        crossings.record(crossing(1, State.CROSSED));
        assertThat(crossings.newest(10)).containsExactly(crossing(1, State.CROSSED));
        assertThat(crossings.count(State.WAITING)).isZero();
    }

    @Test
    void theNewestComeFirstAndNoMoreThanAsked() {
        IntStream.of(2, 5, 1, 4, 3).forEach(i -> crossings.record(crossing(i, State.CROSSED)));
        assertThat(crossings.newest(2)).extracting(Crossing::id).containsExactly("id5", "id4");
        assertThat(crossings.newest(100)).hasSize(5);
    }

    @Test
    void eachStateIsCounted() {
        crossings.record(crossing(1, State.CROSSED));
        crossings.record(crossing(2, State.SKIPPED));
        crossings.record(crossing(3, State.SKIPPED));
        crossings.record(crossing(4, State.REFUSED));
        crossings.record(crossing(5, State.GIVEN_UP));
        assertThat(crossings.count(State.CROSSED)).isEqualTo(1);
        assertThat(crossings.count(State.SKIPPED)).isEqualTo(2);
        assertThat(crossings.count(State.REFUSED)).isEqualTo(1);
        assertThat(crossings.count(State.GIVEN_UP)).isEqualTo(1);
        assertThat(crossings.count(State.WAITING)).isZero();
    }

    @Test
    void theOldestAreSweptSoThatTheNumberStaysBounded() {
        for (int i = 0; i < 5 * KEPT; i++) {
            crossings.record(crossing(i, State.CROSSED));
            assertThat(crossings.count(State.CROSSED)).isLessThanOrEqualTo(KEPT + SLACK);
        }
        assertThat(crossings.newest(KEPT))
                .extracting(Crossing::id)
                .containsExactlyElementsOf(IntStream.range(0, KEPT)
                        .mapToObj(i -> "id" + (5 * KEPT - 1 - i))
                        .toList());
    }

    @Test
    void crossingsThatComeAtOnceAllStay() {
        Race.of(8, i -> {
            crossings.record(crossing(i, State.CROSSED));
            crossings.record(crossing(15, State.WAITING));
            return i;
        });
        assertThat(crossings.count(State.CROSSED)).isEqualTo(8);
        assertThat(crossings.count(State.WAITING)).isEqualTo(1);
    }

    @Test
    void whatArrivedIsCountedByTheMinute() {
        for (int second : new int[] {0, 59, 60, 3_600 - 1}) {
            crossings.record(crossing(second, State.CROSSED));
        }
        crossings.record(crossing(-1, State.CROSSED));
        crossings.record(crossing(7, State.WAITING));
        crossings.record(crossing(8, State.SKIPPED));
        crossings.record(to(Network.ATPROTO, 61, State.CROSSED));
        assertThat(crossings.arrived(NOON.minus(Duration.ofHours(1))))
                .containsExactly(
                        hour(Network.NOSTR, -1, Map.of(59, 1L)),
                        hour(Network.ATPROTO, 0, Map.of(1, 1L)),
                        hour(Network.NOSTR, 0, Map.of(0, 2L, 1, 1L, 59, 1L)));
        assertThat(crossings.arrived(NOON.plus(Duration.ofMinutes(59))))
                .as("the whole hour")
                .hasSize(2);
        assertThat(crossings.arrived(NOON.plus(Duration.ofMinutes(60)))).isEmpty();
    }

    @Test
    void whatIsNotKeptAnyMoreStillCounts() {
        for (int i = 0; i < 5 * KEPT; i++) {
            crossings.record(crossing(i, State.CROSSED));
        }
        assertThat(crossings.arrived(NOON)).containsExactly(hour(Network.NOSTR, 0, Map.of(0, 60L, 1, 40L)));
    }

    @Test
    void hoursThatAreLongGoneAreRemoved() {
        int days = (int) Crossings.FLOW_KEPT.toSeconds();
        crossings.record(crossing(0, State.CROSSED));
        crossings.record(crossing(3_600, State.CROSSED));
        crossings.record(crossing(days + 3_600, State.CROSSED));
        assertThat(crossings.arrived(NOON.minus(Duration.ofDays(9))))
                .extracting(Crossings.Hour::from)
                .containsExactly(HOUR.plus(Duration.ofHours(1)), HOUR.plus(Duration.ofHours(49)));
    }

    @Test
    void whatArrivesAtOnceIsAllCounted() {
        Race.of(8, i -> {
            for (int n = 0; n < 20; n++) {
                crossings.record(crossing(100 * i + n, State.CROSSED));
            }
            return i;
        });
        assertThat(crossings.arrived(NOON).stream()
                        .flatMap(hour -> hour.minutes().stream())
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(160);
    }

    private static Crossings.Hour hour(Network target, int hours, Map<Integer, Long> counts) {
        return new Crossings.Hour(
                target,
                HOUR.plus(Duration.ofHours(hours)),
                IntStream.range(0, 60)
                        .mapToObj(minute -> counts.getOrDefault(minute, 0L))
                        .toList());
    }

    private static Crossing crossing(int number, State state) {
        return to(Network.NOSTR, number, state);
    }

    private static Crossing to(Network target, int number, State state) {
        return new Crossing(
                "id" + number,
                "Publish",
                ALICE,
                post(Math.abs(number)),
                target,
                Optional.empty(),
                state,
                "because",
                List.of(),
                Duration.ofMillis(3),
                NOON.plusSeconds(number));
    }
}
