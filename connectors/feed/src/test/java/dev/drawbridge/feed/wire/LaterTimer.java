package dev.drawbridge.feed.wire;

import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/// A timer that runs what is due when a test lets time pass.
public final class LaterTimer implements Timer {
    private record Due(Instant at, int serial, Runnable task) {}

    private final VirtualClock clock;
    private final Queue<Due> waiting =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::serial));
    private int serial;

    public LaterTimer(VirtualClock clock) {
        this.clock = clock;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        waiting.add(new Due(clock.instant().plus(delay), ++serial, task));
    }

    /// Lets time pass.
    public void pass(Duration time) {
        Instant end = clock.instant().plus(time);
        while (!waiting.isEmpty() && !waiting.element().at().isAfter(end)) {
            Due next = waiting.remove();
            if (next.at().isAfter(clock.instant())) {
                clock.advance(Duration.between(clock.instant(), next.at()));
            }
            next.task().run();
        }
        clock.advance(Duration.between(clock.instant(), end));
    }
}
