package dev.drawbridge.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// Tells JMH how often something was done for each second of processor time of the whole process, its compiler and
/// collector included.
public final class ProcessorTime implements InternalProfiler {
    /// What the result is called.
    public static final String RESULT = "per-cpu-second";

    private long before;

    @Override
    public String getDescription() {
        return "operations for each second of processor time of the process";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = used();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double seconds = (used() - before) / 1e9;
        double done = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(RESULT, done / seconds, "ops/cpu-s", AggregationPolicy.AVG));
    }

    private static long used() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
