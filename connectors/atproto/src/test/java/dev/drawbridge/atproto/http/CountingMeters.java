package dev.drawbridge.atproto.http;

import dev.drawbridge.model.port.Meters;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// Meters that can be read.
final class CountingMeters implements Meters {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name, String description, String label, String value) {
        return () -> counts.merge(name + ' ' + value, 1, Integer::sum);
    }

    @Override
    public void gauge(String name, String description, DoubleSupplier value) {
        gauges.put(name, value);
    }

    @Override
    public Stopwatch stopwatch(String name, String description) {
        return _ -> {};
    }

    int counted(String nameAndReason) {
        return counts.getOrDefault(nameAndReason, 0);
    }

    double gauge(String name) {
        return Objects.requireNonNull(gauges.get(name)).getAsDouble();
    }
}
