package dev.drawbridge.atproto.record.syntax;

import java.util.Optional;

/// The name of a record within its collection.
///
/// Spec: [Record key](https://atproto.com/specs/record-key)
///
/// @param value 1 to 512 of `A-Z a-z 0-9 . _ : ~ -`, but neither `.` nor `..`
public record RecordKey(String value) implements Comparable<RecordKey> {
    private static final int MAX_LENGTH = 512;

    /// @throws IllegalArgumentException if `value` is not a record key
    public RecordKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a record key: " + Ascii.shown(value));
        }
    }

    public static Optional<RecordKey> tryParse(String text) {
        return isValid(text) ? Optional.of(new RecordKey(text)) : Optional.empty();
    }

    public static RecordKey of(Tid tid) {
        return new RecordKey(tid.value());
    }

    @Override
    public int compareTo(RecordKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && !text.equals(".")
                && !text.equals("..")
                && Ascii.all(text, c -> Ascii.isAlphanumeric(c) || "._:~-".indexOf(c) >= 0);
    }
}
