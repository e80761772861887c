package dev.drawbridge.atproto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.syntax.Did;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/// How often somebody may have it looked up whether a domain names them, and be called something else: each look is a
/// request to servers they choose, each change is kept by the directory for ever and told to everybody. In the memory
/// of this process: who publishes is one.
final class HandleLimits {
    static final int LOOKS = 6;
    static final Duration LOOKS_WITHIN = Duration.ofHours(1);
    static final int CHANGES = 3;
    static final Duration CHANGES_WITHIN = Duration.ofDays(1);

    private static final int MOST = 50_000;

    private final Cache<Did, AtomicInteger> looks;
    private final Cache<Did, AtomicInteger> changes;

    HandleLimits(InstantSource clock) {
        looks = counters(LOOKS_WITHIN, clock);
        changes = counters(CHANGES_WITHIN, clock);
    }

    private static Cache<Did, AtomicInteger> counters(Duration window, InstantSource clock) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(window)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// Counts a look.
    ///
    /// @return false if it is enough for now
    boolean mayLook(Did did) {
        return looks.get(did, _ -> new AtomicInteger()).incrementAndGet() <= LOOKS;
    }

    boolean mayChange(Did did) {
        AtomicInteger count = changes.getIfPresent(did);
        return count == null || count.get() < CHANGES;
    }

    void changed(Did did) {
        changes.get(did, _ -> new AtomicInteger()).incrementAndGet();
    }
}
