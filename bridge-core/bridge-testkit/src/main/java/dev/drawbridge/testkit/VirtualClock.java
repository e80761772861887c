package dev.drawbridge.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until a test moves it.
public final class VirtualClock implements InstantSource {
    /// Where [#VirtualClock()] starts.
    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private volatile Instant now;

    public VirtualClock() {
        this(START);
    }

    public VirtualClock(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// Jumps to a time, also an earlier one.
    public synchronized void set(Instant time) {
        now = time;
    }

    /// Moves on, or back if `by` is negative.
    ///
    /// @return the new time
    public synchronized Instant advance(Duration by) {
        now = now.plus(by);
        return now;
    }
}
