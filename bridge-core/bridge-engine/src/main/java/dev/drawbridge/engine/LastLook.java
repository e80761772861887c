package dev.drawbridge.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Something that costs more to look at than everybody may ask for. One caller at a time looks; the others get what was
/// seen last, and wait only if that is nothing. What throws while it looks is seen by who looked, and changes nothing.
final class LastLook<T> {
    private final Duration fresh;
    private final InstantSource clock;
    private final Supplier<T> look;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Optional<Seen<T>> last = Optional.empty();

    private record Seen<T>(Instant at, T what) {}

    /// @param fresh how long what was seen is good enough
    LastLook(Duration fresh, InstantSource clock, Supplier<T> look) {
        this.fresh = fresh;
        this.clock = clock;
        this.look = look;
    }

    T get() {
        Optional<Seen<T>> known = last;
        if (known.filter(this::isFresh).isPresent()) {
            return known.get().what();
        }
        if (!looking.tryLock()) {
            if (known.isPresent()) {
                return known.get().what();
            }
            looking.lock();
        }
        try {
            Seen<T> seen = last.filter(this::isFresh).orElseGet(() -> new Seen<>(clock.instant(), look.get()));
            last = Optional.of(seen);
            return seen.what();
        } finally {
            looking.unlock();
        }
    }

    private boolean isFresh(Seen<T> seen) {
        return clock.instant().isBefore(seen.at().plus(fresh));
    }
}
