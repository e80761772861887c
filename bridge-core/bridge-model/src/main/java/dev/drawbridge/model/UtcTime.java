package dev.drawbridge.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/// The form of [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) that nearly everybody writes: `2026-03-01T12:00:00Z`,
/// with up to nine digits behind a point. Read without the machinery that all other forms need, several times for each
/// post.
public final class UtcTime {
    /// Where a digit has to be, and where what else.
    private static final String FORM = "0000-00-00T00:00:00";

    private static final int NANO_DIGITS = 9;

    private UtcTime() {}

    /// @return empty if it is written in another form or no such time exists; a leap second is another form
    public static Optional<Instant> tryParse(String text) {
        int last = text.length() - 1;
        if (last < FORM.length() || text.charAt(last) != 'Z' || !hasForm(text)) {
            return Optional.empty();
        }
        int nanos = nanos(text, last);
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (nanos < 0 || year == 0 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) {
            return Optional.empty();
        }
        return day >= 1 && day <= YearMonth.of(year, month).lengthOfMonth()
                ? Optional.of(LocalDateTime.of(year, month, day, hour, minute, second, nanos)
                        .toInstant(ZoneOffset.UTC))
                : Optional.empty();
    }

    private static boolean hasForm(String text) {
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            if (form == '0' ? !isDigit(c) : c != form) {
                return false;
            }
        }
        return true;
    }

    /// The part of a second between the whole ones and the `Z`; -1 if it is none.
    private static int nanos(String text, int last) {
        int digits = last - FORM.length() - 1;
        if (digits < 0) {
            return 0;
        }
        if (text.charAt(FORM.length()) != '.' || digits == 0 || digits > NANO_DIGITS) {
            return -1;
        }
        int nanos = 0;
        for (int i = 0; i < NANO_DIGITS; i++) {
            char c = i < digits ? text.charAt(FORM.length() + 1 + i) : '0';
            if (!isDigit(c)) {
                return -1;
            }
            nanos = nanos * 10 + (c - '0');
        }
        return nanos;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
