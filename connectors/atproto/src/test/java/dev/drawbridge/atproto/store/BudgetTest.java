package dev.drawbridge.atproto.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final VirtualClock clock = new VirtualClock();

    private Budget budget(long second, long hour, long day) {
        return new Budget(new RelayLimits(Optional.of(second), Optional.of(hour), Optional.of(day), 100), clock);
    }

    private static int used(Budget budget) {
        int used = 0;
        while (budget.allows() && used < 1_000_000) {
            budget.spent(1);
            used++;
        }
        return used;
    }

    @Test
    void aSecondAnHourAndADayAreEachUsedToNineTenths() {
        assertThat(used(budget(10, 1000, 1000))).isEqualTo(9);
        assertThat(used(budget(1000, 100, 1000))).isEqualTo(90);
        assertThat(used(budget(1000, 1000, 20))).isEqualTo(18);
        assertThat(used(budget(1, 1, 1))).isEqualTo(1);
    }

    @Test
    void whatWasUsedIsFreeAgainWhenAllOfItIsOver() {
        Budget budget = budget(10, 50, 1000);
        assertThat(used(budget)).isEqualTo(9);
        clock.advance(Duration.ofSeconds(2));
        assertThat(used(budget)).isEqualTo(9);
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(2));
            used(budget);
        }
        assertThat(budget.allows()).as("the hour").isFalse();
        clock.advance(Duration.ofMinutes(59));
        assertThat(budget.allows()).isFalse();
        clock.advance(Duration.ofMinutes(6));
        assertThat(budget.allows()).isTrue();
    }

    @Test
    void atNoMomentMoreThanTheLimitGoesInAnHour() {
        Budget budget = budget(1000, 100, 100_000);
        java.util.ArrayDeque<Instant> sent = new java.util.ArrayDeque<>();
        for (int minute = 0; minute < 600; minute++) {
            clock.advance(Duration.ofSeconds(60 + minute % 7));
            Instant now = clock.instant();
            while (budget.allows()) {
                budget.spent(1);
                sent.add(now);
            }
            sent.removeIf(moment -> moment.isBefore(now.minus(Duration.ofHours(1))));
            assertThat(sent).hasSizeLessThanOrEqualTo(100);
        }
    }

    @Test
    void limitsGrowWithTheAccounts() {
        Budget budget = new Budget(RelayLimits.DEFAULT, clock);
        assertThat(budget.lastHour()).isEqualTo(new Budget.Use(0, 2_500));
        assertThat(budget.lastDay()).isEqualTo(new Budget.Use(0, 20_000));
        budget.accounts(10_000);
        assertThat(budget.lastHour()).isEqualTo(new Budget.Use(0, 12_500));
        assertThat(budget.lastDay()).isEqualTo(new Budget.Use(0, 120_000));
        assertThat(used(budget)).isEqualTo(54);
        assertThat(budget.lastHour().percent()).isZero();
    }

    @Test
    void whatWasPublishedBeforeARestartCounts() {
        Budget budget = budget(1000, 100, 200);
        Instant now = clock.instant();
        Instant recent = now.minus(Duration.ofMinutes(30));
        Instant early = now.minus(Duration.ofHours(20));
        budget.begin(since -> (since.isAfter(recent) ? 0 : 40) + (since.isAfter(early) ? 0 : 60));
        assertThat(budget.lastHour().events()).isEqualTo(40);
        assertThat(budget.lastDay().events()).isEqualTo(100);
        assertThat(used(budget)).isEqualTo(50);
        clock.advance(Duration.ofMinutes(36));
        assertThat(budget.lastHour().events()).isEqualTo(50);
        assertThat(budget.lastDay().events()).isEqualTo(150);
    }

    @Test
    void withoutRelaysNothingIsOver() {
        Budget budget = Budget.unlimited(clock);
        budget.begin(_ -> {
            throw new AssertionError("nobody counts");
        });
        assertThat(budget.limited()).isFalse();
        budget.spent(1_000_000_000);
        assertThat(budget.allows()).isTrue();
    }
}
