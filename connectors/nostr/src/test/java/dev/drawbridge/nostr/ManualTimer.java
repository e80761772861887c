package dev.drawbridge.nostr;

import dev.drawbridge.nostr.wire.Timer;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A [Timer] that stands still until a test moves its clock.
public final class ManualTimer implements Timer {
    private record Due(Instant at, long order, Runnable task) {}

    private final VirtualClock clock;
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private long order;
    /// Whether what is due at once runs at once: for code that waits for it.
    public boolean eager;

    public ManualTimer(VirtualClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Cancellable after(Duration delay, Runnable task) {
        if (eager && delay.isZero()) {
            task.run();
            return () -> {};
        }
        var due = new Due(clock.instant().plus(delay), order++, task);
        queue.add(due);
        return () -> queue.remove(due);
    }

    /// Runs what is due now.
    public void run() {
        run(Duration.ZERO);
    }

    /// Moves the clock, running everything that comes due on the way.
    public void run(Duration time) {
        Instant end = clock.instant().plus(time);
        while (true) {
            Due next;
            synchronized (this) {
                next = queue.peek();
                if (next == null || next.at().isAfter(end)) {
                    break;
                }
                queue.remove();
            }
            if (next.at().isAfter(clock.instant())) {
                clock.set(next.at());
            }
            next.task().run();
        }
        clock.set(end);
    }
}
