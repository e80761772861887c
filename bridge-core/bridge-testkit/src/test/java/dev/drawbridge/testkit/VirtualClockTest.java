package dev.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
    @Test
    void timeStandsStillUntilItIsMoved() {
        VirtualClock clock = new VirtualClock();
        assertThat(clock.instant()).isEqualTo(VirtualClock.START).isEqualTo(clock.instant());
        assertThat(clock.advance(Duration.ofSeconds(5))).isEqualTo(VirtualClock.START.plusSeconds(5));
        clock.set(Instant.EPOCH);
        assertThat(clock.millis()).isZero();
    }
}
