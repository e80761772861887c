package dev.drawbridge.activitypub.wire;

import java.util.Optional;

/// What came of asking another server for something.
public sealed interface Lookup<T> {
    record Found<T>(T value) implements Lookup<T> {}

    /// The server says there is no such thing.
    ///
    /// @param status 404, or 410 if there was one
    record Missing<T>(int status) implements Lookup<T> {}

    /// The server could not be asked just now.
    record Unavailable<T>(String reason) implements Lookup<T> {}

    /// The server answered with something that is of no use.
    record Unusable<T>(String reason) implements Lookup<T> {}

    default Optional<T> found() {
        return switch (this) {
            case Found<T>(T value) -> Optional.of(value);
            case Missing<T> _, Unavailable<T> _, Unusable<T> _ -> Optional.empty();
        };
    }

    /// The same failure for another kind of thing.
    ///
    /// @throws IllegalStateException if it did not fail
    default <R> Lookup<R> failure() {
        return switch (this) {
            case Found<T> _ -> throw new IllegalStateException("not a failure: " + this);
            case Missing<T>(int status) -> new Missing<>(status);
            case Unavailable<T>(String reason) -> new Unavailable<>(reason);
            case Unusable<T>(String reason) -> new Unusable<>(reason);
        };
    }

    /// Why there is nothing, for a log line.
    default String reason() {
        return switch (this) {
            case Found<T> _ -> "found";
            case Missing<T>(int status) -> "not there, " + status;
            case Unavailable<T>(String reason) -> reason;
            case Unusable<T>(String reason) -> reason;
        };
    }
}
