package dev.drawbridge.nostr.wire;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to leave a relay alone after it failed: twice as long each time, spread so that not everybody comes back
/// at once.
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Backoff() {}

    /// @param failures in a row, at least 1
    static Duration after(int failures, RandomGenerator random) {
        long doubled = FIRST.toMillis() << Math.min(failures - 1, 20);
        long most = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }
}
