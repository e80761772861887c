package dev.drawbridge.feed.object;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Times as feeds write them: RFC 822 with all its mistakes, RFC 3339, and dates alone. Without a zone it is UTC.
final class FeedTimes {
    private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Map<String, Integer> ZONES = Map.of(
            "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7, "CET", 1, "CEST",
            2);
    private static final Pattern RFC_822 =
            Pattern.compile("(?:[a-z]+\\.?,?\\s+)?(\\d{1,2})[ -]([a-z]{3})[a-z]*\\.?[ -](\\d{2,4})"
                    + "(?:,?\\s+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?)?\\s*(?:([a-z]+)|([+-]\\d{2}):?(\\d{2}))?.*");
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})-(\\d{2})(?:-(\\d{2}))?"
                    + "(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?\\s*(Z|[+-]\\d{2}:?\\d{2})?)?",
            Pattern.CASE_INSENSITIVE);

    private FeedTimes() {}

    /// @return empty if it is no time, or one in which nobody published anything
    static Optional<Instant> read(String text) {
        String written = text.strip();
        if (written.length() > 60) {
            return Optional.empty();
        }
        try {
            return iso(written)
                    .or(() -> rfc822(written.toLowerCase(Locale.ROOT)))
                    .filter(at -> !at.isBefore(FIRST) && at.isBefore(LAST));
        } catch (DateTimeException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> iso(String text) {
        return ISO.matcher(text)
                .results()
                .filter(m -> m.end() == text.length() && m.start() == 0)
                .findFirst()
                .map(m -> {
                    var day = LocalDate.of(number(m, 1), number(m, 2), m.group(3) == null ? 1 : number(m, 3));
                    return OffsetDateTime.of(LocalDateTime.of(day, time(m, 4)), zone(m.group(7)))
                            .toInstant();
                });
    }

    private static ZoneOffset zone(@org.jspecify.annotations.Nullable String written) {
        return written == null || written.equalsIgnoreCase("z") ? ZoneOffset.UTC : ZoneOffset.of(written);
    }

    private static Optional<Instant> rfc822(String text) {
        var found = RFC_822.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        MatchResult m = found.toMatchResult();
        int month = MONTHS.indexOf(m.group(2)) + 1;
        int year = number(m, 3);
        int whole = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
        var at = LocalDateTime.of(LocalDate.of(whole, month, number(m, 1)), time(m, 4));
        ZoneOffset offset = ZoneOffset.UTC;
        if (m.group(8) != null) {
            int hours = number(m, 8);
            int minutes = number(m, 9);
            offset = ZoneOffset.ofHoursMinutes(hours, m.group(8).startsWith("-") ? -minutes : minutes);
        } else if (m.group(7) != null) {
            offset = ZoneOffset.ofHours(ZONES.getOrDefault(m.group(7).toUpperCase(Locale.ROOT), 0));
        }
        return Optional.of(at.toInstant(offset));
    }

    private static LocalTime time(MatchResult m, int first) {
        if (m.group(first) == null) {
            return LocalTime.MIDNIGHT;
        }
        int second = m.group(first + 2) == null ? 0 : Math.min(59, number(m, first + 2));
        return LocalTime.of(number(m, first), number(m, first + 1), second);
    }

    private static int number(MatchResult m, int group) {
        return Integer.parseInt(m.group(group));
    }

    /// `1:02:03`, `02:03` or seconds.
    static Optional<Duration> length(String text) {
        if (!text.strip().matches("\\d{1,6}(:\\d{1,2}){0,2}")) {
            return Optional.empty();
        }
        long seconds = 0;
        for (String part : text.strip().split(":")) {
            seconds = seconds * 60 + Long.parseLong(part);
        }
        return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }
}
