package dev.drawbridge.config.settings;

import dev.drawbridge.config.http.TrustedProxies;
import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads single values; a wrong one becomes an error and the default.
final class Values {
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private final Map<String, String> values;
    private final List<SettingError> errors;

    Values(Map<String, String> values, List<SettingError> errors) {
        this.values = values;
        this.errors = errors;
    }

    void wrong(CoreKey key, String problem) {
        errors.add(new SettingError(key.key(), problem, key.example()));
    }

    void wrong(String key, String problem, String example) {
        errors.add(new SettingError(key, problem, example));
    }

    Optional<String> get(CoreKey key) {
        return get(key.key());
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
    }

    boolean flag(String key, boolean otherwise) {
        String value = get(key).orElse(Boolean.toString(otherwise)).toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            wrong(key, "is neither true nor false: " + value, "true");
            return otherwise;
        }
        return value.equals("true");
    }

    int number(String key, int otherwise, int least, int most, String example) {
        String value = get(key).orElse(Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        wrong(key, "is not a number from " + least + " to " + most + ": " + value, example);
        return otherwise;
    }

    Duration duration(CoreKey key, Duration otherwise) {
        Optional<String> value = get(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        Optional<Duration> duration = duration(value.get()).filter(d -> d.isPositive());
        if (duration.isEmpty()) {
            wrong(key, "is not a length of time: " + value.get());
        }
        return duration.orElse(otherwise);
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        if (matcher.matches()) {
            long n = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(n);
                        case "s" -> Duration.ofSeconds(n);
                        case "m" -> Duration.ofMinutes(n);
                        case "h" -> Duration.ofHours(n);
                        default -> Duration.ofDays(n);
                    });
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// An address that starts with one of the schemes. What follows is for the driver to judge.
    Optional<String> uri(CoreKey key, List<String> schemes) {
        Optional<String> value = get(key);
        if (value.isPresent() && schemes.stream().noneMatch(s -> value.get().startsWith(s + "://"))) {
            // The value may hold a password, so it is not repeated.
            wrong(
                    key,
                    "starts with none of "
                            + schemes.stream().map(s -> s + "://").toList());
            return Optional.empty();
        }
        return value;
    }

    /// A scheme and a host, nothing behind it.
    Optional<URI> origin(String key, String text, boolean loopback, String example) {
        try {
            URI uri = URI.create(text);
            boolean scheme = "https".equals(uri.getScheme()) || (loopback && "http".equals(uri.getScheme()));
            if (!scheme) {
                wrong(key, loopback ? "is neither http nor https: " + text : "is not https: " + text, example);
            } else if (uri.getHost() == null || uri.getUserInfo() != null || !bare(uri)) {
                wrong(key, "is not a host alone: " + text, example);
            } else {
                return Optional.of(URI.create(
                        uri.getScheme() + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT)));
            }
        } catch (IllegalArgumentException e) {
            wrong(key, "is not an address: " + text, example);
        }
        return Optional.empty();
    }

    private static boolean bare(URI uri) {
        boolean path = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        return path && uri.getRawQuery() == null && uri.getRawFragment() == null;
    }

    /// What stands between commas.
    List<String> list(CoreKey key) {
        return get(key).map(v -> Arrays.stream(v.split(","))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /// Domains, handles or ids, none of which has a space in it.
    List<String> names(CoreKey key) {
        List<String> names = list(key);
        names.stream()
                .filter(name -> name.chars().anyMatch(Character::isWhitespace) || name.contains("*"))
                .forEach(name -> wrong(key, "is neither a domain nor a handle nor an id: " + name));
        return names;
    }

    List<String> proxies(CoreKey key) {
        List<String> blocks = get(key).map(
                        v -> Arrays.stream(v.split(",")).map(String::strip).toList())
                .orElse(List.of());
        try {
            new TrustedProxies(blocks);
            return blocks;
        } catch (IllegalArgumentException e) {
            wrong(key, "holds something that is " + e.getMessage());
            return List.of();
        }
    }
}
