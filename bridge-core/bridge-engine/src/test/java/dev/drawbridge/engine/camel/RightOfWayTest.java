package dev.drawbridge.engine.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RightOfWayTest {
    private final RightOfWay patient = new RightOfWay(2, Duration.ofHours(1));

    @Test
    void whatIsCarriedWaitsUntilFewThingsArrive() throws InterruptedException {
        patient.arrives();
        patient.arrives();
        patient.arrives();
        Thread carrying = Thread.ofVirtual().start(patient::give);
        while (!patient.holds()) {
            Thread.onSpinWait();
        }
        patient.accepted();
        assertThat(patient.holds()).as("two are still arriving").isTrue();
        patient.accepted();
        carrying.join();
        assertThat(patient.holds()).isFalse();
    }

    @Test
    void nobodyWaitsForASingleArrival() {
        patient.arrives();
        patient.give();
        patient.accepted();
        patient.give();
    }

    @Test
    void nobodyWaitsLongerThanTheLongest() {
        var hasty = new RightOfWay(1, Duration.ofNanos(1));
        hasty.arrives();
        hasty.give();
        assertThat(hasty.holds()).isFalse();
    }

    @Test
    void whoIsInterruptedGoesOn() throws InterruptedException {
        patient.arrives();
        patient.arrives();
        var marked = new boolean[1];
        Thread carrying = Thread.ofPlatform().start(() -> {
            patient.give();
            marked[0] = Thread.currentThread().isInterrupted();
        });
        carrying.interrupt();
        carrying.join();
        assertThat(marked[0]).isTrue();
    }
}
