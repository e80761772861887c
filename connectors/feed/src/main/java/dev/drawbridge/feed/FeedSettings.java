package dev.drawbridge.feed;

import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The settings block `drawbridge.feed`.
///
/// @param every how long a feed is left alone between two looks, unless it asks for longer
/// @param hubs whether hubs are asked to tell us of news (WebSub)
record FeedSettings(Duration every, boolean hubs) {
    private static final String PREFIX = "drawbridge.feed.";
    private static final String EVERY = "poll-every";
    private static final String HUBS = "websub";
    private static final Duration USUAL = Duration.ofMinutes(30);
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(1);

    static final Set<String> KEYS = Set.of(EVERY, HUBS);

    /// Every mistake at once.
    static List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
        List<SettingError> errors = new ArrayList<>();
        settings.get(EVERY)
                .filter(text -> duration(text)
                        .filter(d -> instance.loopback() || d.compareTo(SHORTEST) >= 0)
                        .filter(d -> d.isPositive() && d.compareTo(LONGEST) <= 0)
                        .isEmpty())
                .ifPresent(text -> errors.add(
                        new SettingError(PREFIX + EVERY, text + " is not a time from five minutes to a day", "30m")));
        settings.get(HUBS)
                .filter(text -> !text.equals("true") && !text.equals("false"))
                .ifPresent(text ->
                        errors.add(new SettingError(PREFIX + HUBS, text + " is neither true nor false", "true")));
        return errors;
    }

    /// @throws IllegalArgumentException if [#check] finds a mistake
    static FeedSettings of(ConnectorSettings settings, InstanceInfo instance) {
        List<SettingError> errors = check(settings, instance);
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(errors.toString());
        }
        return new FeedSettings(
                settings.get(EVERY).flatMap(FeedSettings::duration).orElse(USUAL),
                settings.get(HUBS, "true").equals("true"));
    }

    /// `90s`, `30m`, `1h`, or as ISO 8601 writes it.
    private static Optional<Duration> duration(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            return Optional.of(Duration.parse(upper.startsWith("P") ? upper : "PT" + upper));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
