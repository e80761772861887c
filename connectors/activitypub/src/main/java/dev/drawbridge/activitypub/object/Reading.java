package dev.drawbridge.activitypub.object;

import java.util.Optional;
import java.util.function.Function;

/// The outcome of reading what others wrote. Reading never throws.
public sealed interface Reading<T> {
    record Read<T>(T value) implements Reading<T> {}

    /// Not what it should be.
    ///
    /// @param field the offending property
    record Unreadable<T>(String field, String detail) implements Reading<T> {}

    static <T> Reading<T> of(T value) {
        return new Read<>(value);
    }

    static <T> Reading<T> unreadable(String field, String detail) {
        return new Unreadable<>(field, detail);
    }

    default Optional<T> found() {
        return switch (this) {
            case Read<T>(T value) -> Optional.of(value);
            case Unreadable<T> _ -> Optional.empty();
        };
    }

    default <R> Reading<R> then(Function<T, Reading<R>> next) {
        return switch (this) {
            case Read<T>(T value) -> next.apply(value);
            case Unreadable<T>(String field, String detail) -> new Unreadable<>(field, detail);
        };
    }
}
