package dev.drawbridge.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.IntConsumer;

/// What one thread gets done, by the processor time it used.
final class CpuTime {
    private CpuTime() {}

    /// How often something is done for each second of processor time of this thread.
    ///
    /// @param time how long is measured, after half as long to warm up
    /// @param once is given a number that grows by one from 0, first while warming up and then again
    static double perSecond(Duration time, IntConsumer once) {
        until(System.nanoTime() + time.toNanos() / 2, once);
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        int done = until(System.nanoTime() + time.toNanos(), once);
        return done / ((threads.getCurrentThreadCpuTime() - before) / 1e9);
    }

    private static int until(long end, IntConsumer once) {
        int done = 0;
        while (System.nanoTime() < end) {
            once.accept(done++);
        }
        return done;
    }
}
