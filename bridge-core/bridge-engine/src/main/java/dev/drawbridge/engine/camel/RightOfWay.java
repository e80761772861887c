package dev.drawbridge.engine.camel;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// What arrives goes before what is carried on. A sender that waits too long gives up, and many of them never come
/// back; what was accepted can wait. So while more arrives than could be carried anyway and the processors have nothing
/// to spare, the later stages hold each of their items back for a moment, and never longer than that.
final class RightOfWay {
    /// Arrivals in a tenth of a second, for each processor: more than it carries in that time.
    private static final int MANY = 10;
    private static final long TENTH_NANOS = Duration.ofMillis(100).toNanos();

    private static final Duration LONGEST = Duration.ofSeconds(1);
    /// A burst can be over after a second: it is to be seen at its beginning.
    private static final long LOOK_NANOS = Duration.ofMillis(25).toNanos();

    private final int crowd;
    private final BooleanSupplier busy;
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
    /// @param busy whether they have nothing to spare
    /// @param nanos a clock that never jumps, as [System#nanoTime()]
    RightOfWay(int processors, BooleanSupplier busy, LongSupplier nanos, Pause pause) {
        this.crowd = MANY * processors;
        this.busy = busy;
        this.nanos = nanos;
        this.pause = pause;
        this.counting = nanos.getAsLong();
        this.lookedAt = counting;
    }

    /// On the processors of this machine, or those that its container is given.
    static RightOfWay here() {
        return new RightOfWay(
                Runtime.getRuntime().availableProcessors(),
                BusyProcessors.here(),
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
        if (now - lookedAt >= LOOK_NANOS) {
            lookedAt = now;
            boolean nothingToSpare = busy.getAsBoolean();
            long counted = now - counting;
            boolean many = arrived.sum() >= (double) crowd * Math.max(counted, TENTH_NANOS) / TENTH_NANOS;
            if (many && nothingToSpare) {
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
