package dev.drawbridge.nostr.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How much one connection may do for people who did not opt in: some at once, then a little at a time.
final class Patience {
    private final int most;
    private final Duration refill;
    private final InstantSource clock;
    private double left;
    private Instant counted;

    Patience(int most, Duration refill, InstantSource clock) {
        this.most = most;
        this.refill = refill;
        this.clock = clock;
        this.left = most;
        this.counted = clock.instant();
    }

    synchronized boolean isSpent() {
        Instant now = clock.instant();
        double came = (double) Duration.between(counted, now).toMillis() / refill.toMillis();
        left = Math.min(most, left + Math.max(0, came));
        counted = now;
        return left < 1;
    }

    synchronized void spend() {
        left = Math.max(0, left - 1);
    }
}
