package dev.drawbridge.config.settings;

import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells keys that mean something from slips of the pen.
final class KnownKeys {
    private static final List<String> SPRING = List.of("server.", "logging.", "management.", "spring.", "camel.");
    private static final String ANY = ".*";
    private final List<String> known;
    private final List<String> groups;

    KnownKeys(Collection<ConnectorFactory> factories) {
        List<String> all = Stream.concat(
                        Arrays.stream(CoreKey.values()).map(CoreKey::key),
                        factories.stream().flatMap(KnownKeys::ofNetwork))
                .toList();
        this.known = all.stream().filter(key -> !key.endsWith(ANY)).toList();
        this.groups = all.stream()
                .filter(key -> key.endsWith(ANY))
                .map(key -> key.substring(0, key.length() - 1))
                .toList();
    }

    private static Stream<String> ofNetwork(ConnectorFactory factory) {
        String block = "drawbridge." + factory.network().name() + '.';
        return Stream.concat(
                Stream.of("drawbridge.hosts." + factory.network().name(), block + "enabled"),
                factory.keys().stream().map(key -> block + key));
    }

    List<SettingError> unknown(Collection<String> keys) {
        var errors = new ArrayList<SettingError>();
        for (String key : keys) {
            if (!isKnown(key)) {
                String hint = nearest(key)
                        .map(near -> "is not a setting; did you mean " + near + "?")
                        .orElse("is not a setting");
                errors.add(new SettingError(key, hint, ""));
            }
        }
        return errors;
    }

    private boolean isKnown(String key) {
        return known.contains(key)
                || groups.stream().anyMatch(key::startsWith)
                || SPRING.stream().anyMatch(key::startsWith);
    }

    private Optional<String> nearest(String key) {
        return known.stream()
                .filter(candidate -> distance(candidate, key) <= 3)
                .min(Comparator.comparingInt(candidate -> distance(candidate, key)));
    }

    /// Insertions, deletions and replacements from one to the other.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
