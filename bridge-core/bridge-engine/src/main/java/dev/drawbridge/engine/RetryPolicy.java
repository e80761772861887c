package dev.drawbridge.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt.
@FunctionalInterface
public interface RetryPolicy {
    /// @param attempts how often it was tried, at least 1
    /// @param waited since it was first tried
    /// @return how long to wait; empty to give up
    Optional<Duration> next(int attempts, Duration waited);

    /// Doubles from `first` up to `longest`, each spread by up to a fifth, until `patience` is over.
    static RetryPolicy exponential(Duration first, Duration longest, Duration patience, RandomGenerator random) {
        return (attempts, waited) -> {
            if (waited.compareTo(patience) >= 0) {
                return Optional.empty();
            }
            int doublings = Math.min(Math.max(attempts - 1, 0), 30);
            long millis = Math.min(longest.toMillis(), first.toMillis() << Math.min(doublings, 20));
            return Optional.of(Duration.ofMillis((long) (millis * (0.8 + 0.4 * random.nextDouble()))));
        };
    }
}
