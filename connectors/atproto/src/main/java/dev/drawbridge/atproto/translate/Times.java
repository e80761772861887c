package dev.drawbridge.atproto.translate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Dates as records write them.
final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("2255-01-01T00:00:00Z");

    private Times() {}

    /// RFC 3339 in UTC with milliseconds. Times that record keys could not hold are clamped.
    static String text(Instant time) {
        if (time.isBefore(FIRST)) {
            return FORMAT.format(FIRST);
        }
        return FORMAT.format(time.isAfter(LAST) ? LAST : time);
    }
}
