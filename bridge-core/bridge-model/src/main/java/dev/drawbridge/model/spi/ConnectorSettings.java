package dev.drawbridge.model.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings block of one connector, `drawbridge.<network>.*`: keys relative to it, in kebab-case, dots between
/// levels. A
/// list is one value with commas.
public record ConnectorSettings(Map<String, String> values) {
    public ConnectorSettings {
        values = Map.copyOf(values);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
    }

    public String get(String key, String otherwise) {
        return get(key).orElse(otherwise);
    }

    public List<String> list(String key) {
        return get(key).map(v -> java.util.Arrays.stream(v.split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList())
                .orElse(List.of());
    }
}
