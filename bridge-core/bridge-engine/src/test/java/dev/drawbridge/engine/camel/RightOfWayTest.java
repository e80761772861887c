package dev.drawbridge.engine.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RightOfWayTest {
    private static final int CROWD = 20;
    private static final long LOOK = Duration.ofMillis(25).toNanos();
    private static final long TENTH = 4 * LOOK;

    private long now = Long.MAX_VALUE - LOOK / 2;
    private boolean busy = true;
    private int arriveMeanwhile;
    private int pauses;
    private final Queue<Integer> during = new ArrayDeque<>();
    private final RightOfWay way = new RightOfWay(2, () -> busy, () -> now, this::pause);

    @Test
    void nothingIsHeldBackBeforeAnythingArrived() {
        now += LOOK;
        way.give();
        assertThat(pauses).isZero();
    }

    @Test
    void whatIsCarriedWaitsUntilFewThingsArrive() {
        arrive(CROWD);
        now += LOOK;
        way.give();
        assertThat(pauses).as("looks until a tenth of a second was quiet").isEqualTo(4);
        way.give();
        assertThat(pauses).isEqualTo(4);
    }

    @Test
    void aCrowdIsNotOverForOneQuietLook() {
        arrive(CROWD);
        now += LOOK;
        during.addAll(List.of(0, 0, CROWD));
        way.give();
        assertThat(pauses).isEqualTo(3 + 4);
    }

    @Test
    void nobodyWaitsForAFewArrivals() {
        arrive(CROWD - 1);
        now += LOOK;
        way.give();
        assertThat(pauses).isZero();
    }

    @Test
    void itIsTheRateThatCounts() {
        arrive(2 * CROWD);
        now += 2 * TENTH + 1;
        way.give();
        assertThat(pauses).as("just below it").isZero();
    }

    @Test
    void whatComesWithinATenthOfASecondCountsTogether() {
        for (int look = 0; look < 3; look++) {
            arrive(CROWD / 4);
            now += LOOK;
            way.give();
        }
        assertThat(pauses).isZero();
        arrive(CROWD / 4);
        now += LOOK;
        way.give();
        assertThat(pauses).isPositive();
    }

    @Test
    void whatCameBeforeDoesNotCount() {
        for (int tenth = 0; tenth < 10; tenth++) {
            arrive(CROWD - 1);
            now += TENTH;
            way.give();
        }
        assertThat(pauses).isZero();
    }

    @Test
    void aBurstIsSeenAtItsBeginning() {
        arrive(CROWD);
        now += LOOK - 1;
        way.give();
        assertThat(pauses).as("not looked yet").isZero();
        now++;
        way.give();
        assertThat(pauses).isPositive();
    }

    @Test
    void nobodyWaitsLongerThanASecond() {
        arriveMeanwhile = 1_000;
        arrive(arriveMeanwhile);
        now += LOOK;
        way.give();
        assertThat(pauses).isEqualTo(40);
    }

    @Test
    void nobodyWaitsWhileAProcessorIsFree() {
        busy = false;
        arrive(1_000);
        now += LOOK;
        way.give();
        assertThat(pauses).isZero();
    }

    @Test
    void whoIsInterruptedGoesOn() throws InterruptedException {
        var interrupted = new RightOfWay(2, () -> true, () -> now, Thread::sleep);
        for (int i = 0; i < CROWD; i++) {
            interrupted.arrives();
        }
        now += LOOK;
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
        arrive(during.isEmpty() ? arriveMeanwhile : during.remove());
        now += nanos;
    }
}
