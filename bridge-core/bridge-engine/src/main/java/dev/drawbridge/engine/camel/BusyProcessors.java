package dev.drawbridge.engine.camel;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// Whether the processors have nothing to spare: because of this process, which can be told at any moment, or because
/// of whatever else runs on the machine or in the container, which is told ten times a second.
final class BusyProcessors implements BooleanSupplier {
    /// Of all processors. With less in use, holding something back would only leave them idle.
    private static final double OWN = 0.6;

    private static final double ALL = 0.75;
    private static final long TENTH_NANOS = Duration.ofMillis(100).toNanos();

    private final DoubleSupplier own;
    private final DoubleSupplier all;
    private final LongSupplier nanos;
    private long lookedAt;
    private boolean allBusy;

    /// @param own what this process used of the processors since it was last asked, from 0 to 1
    /// @param all what everything used, a container's limit included; below 0 or NaN if nobody knows
    /// @param nanos a clock that never jumps, as [System#nanoTime()]
    BusyProcessors(DoubleSupplier own, DoubleSupplier all, LongSupplier nanos) {
        this.own = own;
        this.all = all;
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong();
    }

    /// Those of this machine, or of the container.
    static BusyProcessors here() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new BusyProcessors(new OwnShare(system), system::getCpuLoad, System::nanoTime);
    }

    @Override
    public boolean getAsBoolean() {
        boolean ownBusy = own.getAsDouble() >= OWN;
        long now = nanos.getAsLong();
        if (now - lookedAt >= TENTH_NANOS) {
            lookedAt = now;
            allBusy = all.getAsDouble() >= ALL;
        }
        return ownBusy || allBusy;
    }

    private static final class OwnShare implements DoubleSupplier {
        private final OperatingSystemMXBean system;
        private long used;
        private long at;

        OwnShare(OperatingSystemMXBean system) {
            this.system = system;
            this.used = system.getProcessCpuTime();
            this.at = System.nanoTime();
        }

        @Override
        public double getAsDouble() {
            long usedBefore = used;
            long before = at;
            used = system.getProcessCpuTime();
            at = System.nanoTime();
            return (double) (used - usedBefore)
                    / (at - before)
                    / Runtime.getRuntime().availableProcessors();
        }
    }
}
