package dev.drawbridge.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/// Says when a process is warm: when its JVM has stopped compiling, that is, when hardly any of its processor time went
/// there in each of the last rounds. An instance runs for weeks, and compiles for its first minutes. What a compiling
/// thread used that has ended meanwhile is not seen.
///
/// A process that is no JVM is warm after the least number of rounds.
final class SteadyState {
    /// Of the processor time of a round.
    private static final double SHARE = 0.05;

    private static final int ROUNDS = 3;

    private final ProcessUse use;
    private final Deque<Double> shares = new ArrayDeque<>();
    private Map<String, Double> compiled;
    private double all;

    SteadyState(ProcessUse use) {
        this.use = use;
        this.compiled = use.compilerSeconds();
        this.all = use.cpuSeconds();
    }

    /// To be asked after each round.
    boolean reached() {
        Map<String, Double> now = use.compilerSeconds();
        double total = use.cpuSeconds();
        double compiling = now.entrySet().stream()
                .mapToDouble(thread -> thread.getValue() - compiled.getOrDefault(thread.getKey(), 0.0))
                .sum();
        shares.addLast(compiling / Math.max(total - all, 0.01));
        compiled = now;
        all = total;
        if (shares.size() > ROUNDS) {
            shares.removeFirst();
        }
        System.err.printf("compiling took %.0f %% of the processor time of this round%n", 100 * shares.getLast());
        return shares.size() == ROUNDS && shares.stream().allMatch(share -> share < SHARE);
    }
}
