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
    /// Arrivals in a second, for each processor: more than it carries in that time.
    private static final int MANY = 100;
    /// Of all processors. With less in use, holding something back would only leave them idle.
    private static final double BUSY = 0.75;

    private static final Duration LONGEST = Duration.ofSeconds(1);
    /// A burst can be over after a second: it is to be seen at its beginning.
    private static final long LOOK_NANOS = Duration.ofMillis(25).toNanos();
    /// How long a crowd is believed in after it was seen: few things in one look do not mean that it is over.
    private static final long LASTS_NANOS = Duration.ofMillis(100).toNanos();

    private final double crowd;
    private final DoubleSupplier load;
    private final LongSupplier nanos;
    private final Pause pause;
    private final LongAdder arrived = new LongAdder();
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
        this.crowd = (double) MANY * processors;
        this.load = load;
        this.nanos = nanos;
        this.pause = pause;
        this.lookedAt = nanos.getAsLong();
    }

    /// On the processors of this machine, or those that its container is given.
    static RightOfWay here() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new RightOfWay(
                Runtime.getRuntime().availableProcessors(),
                system::getCpuLoad,
                System::nanoTime,
                nanos -> Thread.sleep(Duration.ofNanos(nanos)));
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
        long elapsed = now - lookedAt;
        if (elapsed >= LOOK_NANOS) {
            lookedAt = now;
            double perSecond = arrived.sumThenReset() * 1e9 / elapsed;
            if (perSecond >= crowd && load.getAsDouble() >= BUSY) {
                seen = true;
                seenAt = now;
            }
        }
        seen &= now - seenAt < LASTS_NANOS;
        return seen;
    }
}
