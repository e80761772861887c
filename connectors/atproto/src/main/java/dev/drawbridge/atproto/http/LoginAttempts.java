package dev.drawbridge.atproto.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.syntax.Did;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/// How often somebody may try to sign in: from one address, as the reference has it, and for one account, wherever they
/// come from. In the memory of this process: what is guessed at has a hundred random bits.
final class LoginAttempts {
    private static final int ASKED = 30;
    private static final Duration ASKED_WITHIN = Duration.ofMinutes(5);
    private static final int WRONG = 10;
    private static final Duration LOCKED = Duration.ofMinutes(15);
    private static final int MOST = 50_000;

    private final Cache<String, AtomicInteger> asked;
    private final Cache<Did, AtomicInteger> wrong;

    LoginAttempts(InstantSource clock) {
        asked = counters(ASKED_WITHIN, clock);
        wrong = counters(LOCKED, clock);
    }

    private static <K> Cache<K, AtomicInteger> counters(Duration window, InstantSource clock) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(window)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// @throws XrpcError if it is enough from this address for now
    void from(String address) {
        if (asked.get(address, _ -> new AtomicInteger()).incrementAndGet() > ASKED) {
            throw XrpcError.tooMany();
        }
    }

    /// @throws XrpcError if an account is locked for a while
    void of(Did did) {
        AtomicInteger count = wrong.getIfPresent(did);
        if (count != null && count.get() >= WRONG) {
            throw XrpcError.tooMany();
        }
    }

    void failed(Did did) {
        wrong.get(did, _ -> new AtomicInteger()).incrementAndGet();
    }

    void succeeded(Did did) {
        wrong.invalidate(did);
    }
}
