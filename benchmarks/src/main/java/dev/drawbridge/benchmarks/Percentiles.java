package dev.drawbridge.benchmarks;

import java.util.List;

/// Order statistics of what was measured, by the nearest rank: every answer is a value that was measured.
public record Percentiles(List<Double> sorted) {
    public Percentiles {
        sorted = sorted.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /// The smallest value that at least `percent` of a hundred values do not exceed.
    ///
    /// @param percent above 0 and at most 100
    public double at(double percent) {
        if (percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("not a percentile: " + percent);
        }
        return sorted.get((int) Math.ceil(percent / 100 * sorted.size()) - 1);
    }

    public double median() {
        return at(50);
    }
}
