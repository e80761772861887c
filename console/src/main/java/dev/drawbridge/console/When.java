package dev.drawbridge.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as the pages write them: `2026-06-01 12:00 UTC`. The pages do not know where their reader is.
final class When {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private When() {}

    static String shown(Instant time) {
        return MINUTES.format(time);
    }
}
