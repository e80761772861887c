package dev.drawbridge.activitypub.object.signature;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// How old a signature may be. Clocks of servers differ by up to an hour in practice.
final class TimeWindow {
    private static final Duration SKEW = Duration.ofHours(1);
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    /// `a` stands for a letter, `0` for a digit.
    private static final String FIXED = "aaa, 00 aaa 0000 00:00:00 GMT";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAYS = "MonTueWedThuFriSatSun";

    private TimeWindow() {}

    /// @return why a signature made at `created` does not count now; empty if it does
    static Optional<String> objection(Instant created, Optional<Instant> expires, Instant now) {
        if (created.isAfter(now.plus(SKEW))) {
            return Optional.of("signed in the future: " + created);
        }
        Instant end = expires.filter(e -> e.isBefore(created.plus(LONGEST)))
                .orElse(expires.isPresent() ? created.plus(LONGEST) : created.plus(LIFETIME));
        return now.isAfter(end.plus(SKEW)) ? Optional.of("signature expired at " + end) : Optional.empty();
    }

    /// An HTTP date, RFC 9110 §5.6.7.
    static Optional<Instant> httpDate(String text) {
        String date = text.strip();
        return isFixed(date) ? fixed(date).or(() -> parsed(date)) : parsed(date);
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    static String httpDate(Instant instant) {
        return HTTP_DATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    /// Whether this is of the form that everybody writes, which is read without a formatter: `Sun, 06 Nov 1994 08:49:37
    /// GMT`.
    private static boolean isFixed(String date) {
        if (date.length() != FIXED.length()) {
            return false;
        }
        for (int i = 0; i < FIXED.length(); i++) {
            char expected = FIXED.charAt(i);
            char c = date.charAt(i);
            boolean fits = switch (expected) {
                case '0' -> c >= '0' && c <= '9';
                case 'a' -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                default -> c == expected;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Instant> fixed(String date) {
        int month = MONTHS.indexOf(date.substring(8, 11));
        int day = DAYS.indexOf(date.substring(0, 3));
        if (month % 3 != 0 || day % 3 != 0) {
            return Optional.empty();
        }
        try {
            var time = LocalDateTime.of(
                    number(date, 12, 4),
                    month / 3 + 1,
                    number(date, 5, 2),
                    number(date, 17, 2),
                    number(date, 20, 2),
                    number(date, 23, 2));
            return Optional.of(time)
                    .filter(t -> t.getDayOfWeek().ordinal() == day / 3)
                    .map(t -> t.toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static int number(String text, int from, int length) {
        return Integer.parseInt(text, from, from + length, 10);
    }

    /// Seconds since the epoch; empty if it is not a number that can be one.
    static Optional<Instant> epoch(String text) {
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }
}
