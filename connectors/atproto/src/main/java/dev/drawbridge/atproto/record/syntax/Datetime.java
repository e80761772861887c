package dev.drawbridge.atproto.record.syntax;

import dev.drawbridge.model.UtcTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/// Dates and times of records: what RFC 3339, ISO 8601 and the WHATWG have in common, with a `T`, seconds and a zone.
///
/// Spec: [datetime](https://atproto.com/specs/lexicon#datetime)
public final class Datetime {
    private static final int MAX_LENGTH = 64;
    private static final int NANO_DIGITS = 9;
    private static final Pattern SYNTAX =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,20})?(Z|[+-]\\d\\d:\\d\\d)");

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private Datetime() {}

    public static boolean hasSyntax(String text) {
        return tryParse(text).isPresent();
    }

    /// Empty if it is none, or no such time exists, or it lies before the year 0.
    public static Optional<Instant> tryParse(String text) {
        Optional<Instant> utc = UtcTime.tryParse(text);
        if (utc.isPresent()) {
            return utc;
        }
        if (text.length() > MAX_LENGTH
                || text.endsWith("-00:00")
                || !SYNTAX.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(shorter(text));
            Instant instant = time.toInstant();
            return instant.isBefore(FIRST) ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// Java reads nine digits of a second; the grammar allows more.
    private static String shorter(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return text;
        }
        int end = dot + 1;
        while (Character.isDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(0, Math.min(end, dot + 1 + NANO_DIGITS)) + text.substring(end);
    }
}
