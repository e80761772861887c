package dev.drawbridge.config.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Waits for many things at once, all with one end of patience.
final class Waiting {
    private static final long LOOK_MILLIS = 15;
    private final InstantSource clock;
    private final Duration patience;
    private final Instant end;

    Waiting(InstantSource clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
        this.end = clock.instant().plus(patience);
    }

    /// Something that will happen.
    ///
    /// @param missing what is not there as long as it has not, as a clause
    /// @param happened empty as long as it has not
    record Expected<T>(String missing, Supplier<Optional<T>> happened) {}

    /// Returns once everything happened.
    ///
    /// @param seen told of each as it happens
    /// @return in the order of `expected`
    /// @throws Incomplete if patience ends before
    <T> List<T> forAll(List<Expected<T>> expected, Consumer<T> seen) {
        var found = new ArrayList<Optional<T>>();
        expected.forEach(_ -> found.add(Optional.empty()));
        while (true) {
            for (int i = 0; i < expected.size(); i++) {
                if (found.get(i).isEmpty()) {
                    found.set(i, expected.get(i).happened().get());
                    found.get(i).ifPresent(seen);
                }
            }
            if (found.stream().allMatch(Optional::isPresent)) {
                return found.stream().flatMap(Optional::stream).toList();
            }
            if (!clock.instant().isBefore(end)) {
                throw incomplete(expected, found);
            }
            pause();
        }
    }

    private <T> Incomplete incomplete(List<Expected<T>> expected, List<Optional<T>> found) {
        var missing = new ArrayList<String>();
        for (int i = 0; i < expected.size(); i++) {
            if (found.get(i).isEmpty()) {
                missing.add(expected.get(i).missing());
            }
        }
        return new Incomplete("not everything crossed within %d s: %s."
                .formatted(patience.toSeconds(), missing.stream().collect(Collectors.joining("; "))));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Incomplete("the demo was interrupted.");
        }
    }
}
