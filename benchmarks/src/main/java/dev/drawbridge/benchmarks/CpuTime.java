package dev.drawbridge.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;

/// What one thread gets done, by the processor time it used.
final class CpuTime {
    private CpuTime() {}

    /// How often something is done for each second of processor time of this thread.
    ///
    /// @param time how long is measured, after half as long to warm up
    /// @param once is given a number that grows by one from 0, first while warming up and then again
    static double perSecond(Duration time, IntConsumer once) {
        return amountPerSecond(time, i -> {
            once.accept(i);
            return 1;
        });
    }

    /// How much is done for each second of processor time of this thread.
    ///
    /// @param once the same, and says how much it did
    static double amountPerSecond(Duration time, IntToLongFunction once) {
        until(System.nanoTime() + time.toNanos() / 2, once);
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        long done = until(System.nanoTime() + time.toNanos(), once);
        return done / ((threads.getCurrentThreadCpuTime() - before) / 1e9);
    }

    private static long until(long end, IntToLongFunction once) {
        long done = 0;
        for (int i = 0; System.nanoTime() < end; i++) {
            done += once.applyAsLong(i);
        }
        return done;
    }
}
