package dev.drawbridge.model;

import java.util.List;

/// What a translator answers. It never throws on remote data.
public sealed interface Translation<T> {
    /// It went through.
    record Translated<T>(T value, List<Loss> losses) implements Translation<T> {
        public Translated {
            losses = List.copyOf(losses);
        }
    }

    /// Understood, and deliberately not carried.
    ///
    /// @param reason for a person to read
    record Skipped<T>(String reason) implements Translation<T> {}

    /// Not what the network's specification says.
    ///
    /// @param field the offending field
    record Malformed<T>(String field, String detail) implements Translation<T> {}

    static <T> Translation<T> of(T value) {
        return new Translated<>(value, List.of());
    }

    static <T> Translation<T> of(T value, List<Loss> losses) {
        return new Translated<>(value, losses);
    }

    static <T> Translation<T> skipped(String reason) {
        return new Skipped<>(reason);
    }

    static <T> Translation<T> malformed(String field, String detail) {
        return new Malformed<>(field, detail);
    }
}
