package dev.drawbridge.engine.camel;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// What arrives goes before what is carried on. A sender that waits too long gives up, and many of them never come
/// back; what was accepted can wait. So while more arrives than could be carried anyway and the processors have nothing
/// to spare, the later stages hold each of their items back for a moment, and never longer than that.
final class RightOfWay {
    /// Arrivals in a tenth of a second, for each processor: more than it carries in that time.
    private static final int MANY = 10;
    private static final long TENTH_NANOS = Duration.ofMillis(100).toNanos();
    /// Of all processors, by this process alone. With less in use, holding something back would only leave them idle.
    private static final double BUSY = 0.6;

    private static final Duration LONGEST = Duration.ofSeconds(1);
    /// A burst can be over after a second: it is to be seen at its beginning.
    private static final long LOOK_NANOS = Duration.ofMillis(25).toNanos();

    private final int crowd;
    private final DoubleSupplier load;
    private final LongSupplier nanos;
    private final Pause pause;
    private final LongAdder arrived = new LongAdder();
    private long counting;
    private long lookedAt;
    private long seenAt;
    private boolean seen;

    /// Lets a moment pass.
    interface Pause {
        /// @throws InterruptedException if the thread is interrupted
        void nanos(long nanos) throws InterruptedException;
    }

    /// @param processors how many there are
    /// @param load how much of them was used since it was last asked, from 0 to 1; below 0 or NaN if nobody knows
    /// @param nanos a clock that never jumps, as [System#nanoTime()]
    RightOfWay(int processors, DoubleSupplier load, LongSupplier nanos, Pause pause) {
        this.crowd = MANY * processors;
        this.load = load;
        this.nanos = nanos;
        this.pause = pause;
        this.counting = nanos.getAsLong();
        this.lookedAt = counting;
    }

    /// On the processors of this machine, or those that its container is given.
    static RightOfWay here() {
        return new RightOfWay(
                Runtime.getRuntime().availableProcessors(),
                new OwnLoad(),
                System::nanoTime,
                nanos -> Thread.sleep(Duration.ofNanos(nanos)));
    }

    /// What this process uses of the processors. What the whole machine does is told in steps too coarse for a look,
    /// and of containers with a limit only ten times a second.
    private static final class OwnLoad implements DoubleSupplier {
        private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        private long usedBefore = system.getProcessCpuTime();
        private long before = System.nanoTime();

        @Override
        public double getAsDouble() {
            long used = system.getProcessCpuTime();
            long now = System.nanoTime();
            double share = (double) (used - usedBefore)
                    / (now - before)
                    / Runtime.getRuntime().availableProcessors();
            usedBefore = used;
            before = now;
            return share;
        }
    }

    /// Something is being accepted.
    void arrives() {
        arrived.increment();
    }

    /// Returns when less arrives, or a processor is free, or after the longest wait; at once, with its mark kept, in an
    /// interrupted thread.
    void give() {
        try {
            for (long left = LONGEST.toNanos(); left > 0 && crowded(); left -= LOOK_NANOS) {
                pause.nanos(LOOK_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// As it was in the last tenth of a second.
    private synchronized boolean crowded() {
        long now = nanos.getAsLong();
        if (now - lookedAt >= LOOK_NANOS) {
            lookedAt = now;
            boolean busy = load.getAsDouble() >= BUSY;
            long counted = now - counting;
            boolean many = arrived.sum() >= (double) crowd * Math.max(counted, TENTH_NANOS) / TENTH_NANOS;
            if (many && busy) {
                seen = true;
                seenAt = now;
            }
            if (many || counted >= TENTH_NANOS) {
                arrived.reset();
                counting = now;
            }
        }
        seen &= now - seenAt < TENTH_NANOS;
        return seen;
    }
}
