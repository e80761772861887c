package dev.drawbridge.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/// Lets so many different things of one kind through in a day and no more; one that was let through may come again. In
/// memory, for each instance alone.
final class FirstFew {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int KINDS = 100_000;

    private final int most;
    private final Cache<String, Set<String>> let;

    /// @param most 0 for any number
    FirstFew(int most, InstantSource clock) {
        this.most = most;
        this.let = Caffeine.newBuilder()
                .maximumSize(KINDS)
                .expireAfterWrite(DAY)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// Whether `thing` is one of the first of its kind; it counts from now on if it is.
    boolean admits(String kind, String thing) {
        if (most == 0) {
            return true;
        }
        Set<String> first = let.get(kind, _ -> new HashSet<>());
        synchronized (first) {
            return first.contains(thing) || (first.size() < most && first.add(thing));
        }
    }
}
