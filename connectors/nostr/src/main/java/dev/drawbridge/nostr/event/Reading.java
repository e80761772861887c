package dev.drawbridge.nostr.event;

import java.util.Optional;

/// What came of reading something that somebody else wrote.
public sealed interface Reading<T> {
    record Read<T>(T value) implements Reading<T> {}

    /// @param field the offending field
    /// @param detail what is wrong with it, for a person to read
    record Unreadable<T>(String field, String detail) implements Reading<T> {
        @Override
        public String toString() {
            return field + ": " + detail;
        }
    }

    default Optional<T> found() {
        return switch (this) {
            case Read<T> read -> Optional.of(read.value());
            case Unreadable<T> _ -> Optional.empty();
        };
    }
}
