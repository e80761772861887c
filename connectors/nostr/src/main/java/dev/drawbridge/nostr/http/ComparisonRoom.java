package dev.drawbridge.nostr.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// How many events all comparisons of the relay hold. Whoever leaves theirs lying gives way once others want room.
final class ComparisonRoom {
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final long most;
    private final InstantSource clock;
    private final AtomicLong held = new AtomicLong();
    private final Set<Comparisons> holders = ConcurrentHashMap.newKeySet();

    ComparisonRoom(long most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /// Whether there is room. Must not be called with the lock of a holder.
    boolean take(Comparisons holder, int events) {
        if (!fits(events)) {
            holders.forEach(other -> other.closeIdle(clock.instant().minus(IDLE)));
            if (!fits(events)) {
                return false;
            }
        }
        holders.add(holder);
        return true;
    }

    private boolean fits(int events) {
        if (held.addAndGet(events) <= most) {
            return true;
        }
        held.addAndGet(-events);
        return false;
    }

    void give(int events) {
        held.addAndGet(-events);
    }

    /// It holds nothing any more.
    void leave(Comparisons holder) {
        holders.remove(holder);
    }
}
