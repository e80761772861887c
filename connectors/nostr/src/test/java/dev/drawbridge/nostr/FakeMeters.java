package dev.drawbridge.nostr;

import dev.drawbridge.model.port.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/// Shows what was counted.
public final class FakeMeters implements Meters {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, DoubleSupplier> gauges = new TreeMap<>();
    public final List<Duration> times = new ArrayList<>();

    /// What was counted at all, by name and label.
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    public double gauge(String name) {
        return gauges.get(name).getAsDouble();
    }

    @Override
    public Counter counter(String name, String description, String label, String value) {
        return () -> counts.merge(name + " " + value, 1, Integer::sum);
    }

    @Override
    public void gauge(String name, String description, DoubleSupplier value) {
        gauges.put(name, value);
    }

    @Override
    public Stopwatch stopwatch(String name, String description) {
        return times::add;
    }
}
