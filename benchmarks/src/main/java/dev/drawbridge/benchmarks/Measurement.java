package dev.drawbridge.benchmarks;

import java.util.Locale;
import java.util.Optional;

/// One number.
///
/// @param suite what was run
/// @param name what was measured
/// @param variant under which circumstances
/// @param unit `items/s`, `ms`, `MiB`
/// @param goal what it should be at most or at least, where there is a goal
public record Measurement(String suite, String name, String variant, double value, String unit, Optional<Goal> goal) {
    /// What a value should be.
    ///
    /// @param limit in the unit of the measurement
    /// @param atMost whether smaller is better
    public record Goal(double limit, boolean atMost) {
        public static Goal atMost(double limit) {
            return new Goal(limit, true);
        }

        public static Goal atLeast(double limit) {
            return new Goal(limit, false);
        }

        boolean met(double value) {
            return atMost ? value <= limit : value >= limit;
        }

        @Override
        public String toString() {
            return (atMost ? "≤ " : "≥ ") + number(limit);
        }
    }

    public static Measurement of(String suite, String name, String variant, double value, String unit) {
        return new Measurement(suite, name, variant, value, unit, Optional.empty());
    }

    public Measurement goal(Goal limit) {
        return new Measurement(suite, name, variant, value, unit, Optional.of(limit));
    }

    /// Whether the goal is met; empty where there is none.
    public Optional<Boolean> met() {
        return goal.map(g -> g.met(value));
    }

    static String number(double value) {
        return value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
