package dev.drawbridge.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Links that let somebody choose a password. Each is good once, for an hour, and of one name the last only; in memory,
/// and only a digest of it.
final class Invitations {
    static final Duration GOOD = Duration.ofHours(1);
    private static final int MOST = 1_000;

    private final SecureRandom random;
    /// By name.
    private final Cache<String, String> open;

    Invitations(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.open = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(GOOD)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// @return what the link holds
    String of(String name) {
        String token = Sessions.secret(random);
        open.put(name, Sessions.digest(token));
        return token;
    }

    /// Whom a link is for.
    Optional<String> find(String token) {
        String digest = Sessions.digest(token);
        return open.asMap().entrySet().stream()
                .filter(entry -> Sessions.same(entry.getValue(), digest))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Takes it back.
    ///
    /// @return whether it was good until now
    boolean take(String name, String token) {
        return open.asMap().remove(name, Sessions.digest(token));
    }
}
