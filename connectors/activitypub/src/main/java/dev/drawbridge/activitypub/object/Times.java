package dev.drawbridge.activitypub.object;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/// Times as servers write them: RFC 3339, with or without a colon in the offset, with or without an offset.
final class Times {
    private static final DateTimeFormatter LENIENT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .parseDefaulting(java.time.temporal.ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(java.util.Locale.ROOT);

    private Times() {}

    static Optional<Instant> tryParse(String text) {
        try {
            return Optional.of(LENIENT.parse(text.strip(), Instant::from));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
