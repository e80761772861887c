package dev.drawbridge.activitypub.object.signature;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// How old a signature may be. Clocks of servers differ by up to an hour in practice.
final class TimeWindow {
    private static final Duration SKEW = Duration.ofHours(1);
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(12);

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
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    static String httpDate(Instant instant) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ENGLISH)
                .format(instant.atOffset(ZoneOffset.UTC));
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
