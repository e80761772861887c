package dev.drawbridge.engine.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RightOfWayTest {
    private static final int CROWD_OF_A_TENTH = 20;
    private static final long TENTH = Duration.ofMillis(100).toNanos();

    private long now = Long.MAX_VALUE - TENTH / 2;
    private double load = 1;
    private int arriveMeanwhile;
    private int pauses;
    private final RightOfWay way = new RightOfWay(2, () -> load, () -> now, this::pause);

    @Test
    void nothingIsHeldBackBeforeAnythingArrived() {
        now += TENTH;
        way.give();
        assertThat(pauses).isZero();
    }

    @Test
    void whatIsCarriedWaitsUntilFewThingsArrive() {
        arrive(CROWD_OF_A_TENTH);
        now += TENTH;
        way.give();
        assertThat(pauses).as("nothing arrived during the first pause").isEqualTo(1);
        way.give();
        assertThat(pauses).isEqualTo(1);
    }

    @Test
    void nobodyWaitsForAFewArrivals() {
        arrive(CROWD_OF_A_TENTH - 1);
        now += TENTH;
        way.give();
        assertThat(pauses).isZero();
    }

    @Test
    void itIsTheRateThatCounts() {
        arrive(2 * CROWD_OF_A_TENTH);
        now += 2 * TENTH + 1;
        way.give();
        assertThat(pauses).as("just below it").isZero();
    }

    @Test
    void aCrowdEndsWithinATenthOfASecond() {
        arrive(CROWD_OF_A_TENTH);
        now += TENTH - 1;
        way.give();
        assertThat(pauses).as("not looked yet").isZero();
        now++;
        way.give();
        assertThat(pauses).isEqualTo(1);
    }

    @Test
    void nobodyWaitsLongerThanASecond() {
        arriveMeanwhile = 1_000;
        arrive(arriveMeanwhile);
        now += TENTH;
        way.give();
        assertThat(pauses).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.89, 0, -1, Double.NaN})
    void nobodyWaitsWhileAProcessorIsFreeOrNobodyKnows(double idle) {
        load = idle;
        arrive(1_000);
        now += TENTH;
        way.give();
        assertThat(pauses).isZero();
    }

    @Test
    void whoIsInterruptedGoesOn() throws InterruptedException {
        var interrupted = new RightOfWay(2, () -> 1, () -> now, Thread::sleep);
        for (int i = 0; i < CROWD_OF_A_TENTH; i++) {
            interrupted.arrives();
        }
        now += TENTH;
        var marked = new AtomicBoolean();
        Thread carrying = Thread.ofPlatform().unstarted(() -> {
            Thread.currentThread().interrupt();
            interrupted.give();
            marked.set(Thread.currentThread().isInterrupted());
        });
        carrying.start();
        carrying.join();
        assertThat(marked).isTrue();
    }

    private void arrive(int times) {
        for (int i = 0; i < times; i++) {
            way.arrives();
        }
    }

    private void pause(long nanos) {
        pauses++;
        arrive(arriveMeanwhile);
        now += nanos;
    }
}
