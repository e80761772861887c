package dev.drawbridge.activitypub.object;

import dev.drawbridge.model.UtcTime;
import java.time.DateTimeException;
import java.time.Instant;
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

    private Times() {}

    static Optional<Instant> tryParse(String text) {
        Optional<Instant> utc = UtcTime.tryParse(text);
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
}
