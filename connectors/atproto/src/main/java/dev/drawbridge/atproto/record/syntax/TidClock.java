package dev.drawbridge.atproto.record.syntax;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Hands out TIDs that only rise, even if the system clock steps back. Safe for many threads.
public final class TidClock {
    private final InstantSource time;
    private final int clock;
    private final AtomicLong last = new AtomicLong(-1);

    /// @param clock 0 to 1023; two clocks that may serve one repository must differ
    /// @throws IllegalArgumentException if `clock` is out of range
    public TidClock(InstantSource time, int clock) {
        Tid.of(0, clock);
        this.time = time;
        this.clock = clock;
    }

    /// A TID later than every one this clock gave before.
    public Tid next() {
        return Tid.of(step(-1), clock);
    }

    /// A TID later than every one this clock gave before, and later than `previous`: the next `rev` of a repository.
    public Tid after(Tid previous) {
        return Tid.of(step(previous.micros()), clock);
    }

    private long step(long floor) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, time.instant());
        return last.updateAndGet(before -> Math.max(now, Math.max(before, floor) + 1));
    }
}
