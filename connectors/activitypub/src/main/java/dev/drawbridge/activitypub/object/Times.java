package dev.drawbridge.activitypub.object;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/// Times as servers write them: RFC 3339, with or without a colon in the offset, with or without an offset. Years have
/// four digits there: what is further away is nobody's time, and cannot be counted on or stored everywhere.
final class Times {
    private static final DateTimeFormatter LENIENT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .parseDefaulting(java.time.temporal.ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(java.util.Locale.ROOT);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /// Where a digit has to be, and where what else.
    private static final String UTC_SECOND = "0000-00-00T00:00:00Z";

    private Times() {}

    static Optional<Instant> tryParse(String text) {
        Optional<Instant> utc = utcSecond(text);
        if (utc.isPresent()) {
            return utc;
        }
        try {
            return Optional.of(LENIENT.parse(text.strip(), Instant::from))
                    .filter(at -> !at.isBefore(FIRST) && !at.isAfter(LAST));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// What most servers write, `2026-03-01T12:00:00Z`, read without the parser for everything else; empty if it is
    /// something else or no such time exists.
    private static Optional<Instant> utcSecond(String text) {
        if (text.length() != UTC_SECOND.length()) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            char form = UTC_SECOND.charAt(i);
            char c = text.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form) {
                return Optional.empty();
            }
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean exists = year > 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
        if (!exists || hour > 23 || minute > 59 || second > 59) {
            return Optional.empty();
        }
        return Optional.of(
                LocalDateTime.of(year, month, day, hour, minute, second).toInstant(ZoneOffset.UTC));
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
