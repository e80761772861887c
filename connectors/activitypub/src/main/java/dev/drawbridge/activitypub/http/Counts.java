package dev.drawbridge.activitypub.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Numbers that many ask for and that take the store a while to count: each is counted once a minute at most.
public final class Counts {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 10_000;
    private final Cache<String, Long> counted;

    public Counts(InstantSource clock) {
        counted = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /// @param what names the number
    long of(String what, LongSupplier count) {
        return Objects.requireNonNull(counted.get(what, _ -> count.getAsLong()));
    }
}
