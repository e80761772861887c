package dev.drawbridge.engine.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusyProcessorsTest {
    private static final long TENTH = Duration.ofMillis(100).toNanos();

    private double own;
    private double all;
    private long now = Long.MAX_VALUE - TENTH / 2;
    private int asked;
    private final BusyProcessors processors = new BusyProcessors(
            () -> own,
            () -> {
                asked++;
                return all;
            },
            () -> now);

    @Test
    void whatThisProcessUsesCountsAtOnce() {
        own = 0.6;
        assertThat(processors.getAsBoolean()).isTrue();
        own = 0.59;
        assertThat(processors.getAsBoolean()).isFalse();
    }

    /// A container that is given half a processor has one, and never uses more than half of it.
    @Test
    void whatEverythingUsesCountsTooAndIsAskedTenTimesASecond() {
        own = 0.5;
        all = 1;
        assertThat(processors.getAsBoolean()).as("not looked yet").isFalse();
        now += TENTH;
        assertThat(processors.getAsBoolean()).isTrue();
        all = 0;
        now += TENTH - 1;
        assertThat(processors.getAsBoolean()).as("as it was when it was looked").isTrue();
        assertThat(asked).isEqualTo(1);
        now++;
        assertThat(processors.getAsBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.74, 0, -1, Double.NaN})
    void theyAreNotBusyWithLessOrIfNobodyKnows(double used) {
        all = used;
        now += TENTH;
        assertThat(processors.getAsBoolean()).isFalse();
    }

    @Test
    void thisMachineCanBeAsked() {
        assertThat(BusyProcessors.here().getAsBoolean()).isIn(true, false);
    }
}
