package dev.drawbridge.nostr.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How much somebody may do: some at once, then a little at a time.
final class TokenBucket {
    private final RelayLimits.Rate rate;
    private final InstantSource clock;
    private double left;
    private Instant counted;

    TokenBucket(RelayLimits.Rate rate, InstantSource clock) {
        this.rate = rate;
        this.clock = clock;
        this.left = rate.burst();
        this.counted = clock.instant();
    }

    /// Whether nothing is left.
    synchronized boolean isEmpty() {
        Instant now = clock.instant();
        double came =
                (double) Duration.between(counted, now).toNanos() / rate.pause().toNanos();
        left = Math.min(rate.burst(), left + Math.max(0, came));
        counted = now;
        return left < 1;
    }

    /// Takes one, if there is one.
    synchronized boolean take() {
        return take(1);
    }

    /// Takes some, if there is one: who takes more than there is waits longer for the next.
    synchronized boolean take(int many) {
        if (isEmpty()) {
            return false;
        }
        left -= many;
        return true;
    }
}
