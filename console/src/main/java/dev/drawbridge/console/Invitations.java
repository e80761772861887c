package dev.drawbridge.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Links that let somebody choose a password. Each is good once, for an hour, and of one name the last only; in memory,
/// and only a digest of it.
final class Invitations {
    static final Duration GOOD = Duration.ofHours(1);
    private static final int MOST = 1_000;

    private final SecureRandom random;
    /// By name.
    private final Cache<String, Link> open;

    private record Link(String digest, boolean fresh) {}

    /// Whom a link is for.
    ///
    /// @param fresh whether they are to become an operator; else they are one, and choose a password anew
    record Invitation(String name, boolean fresh) {}

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
    String of(Invitation invitation) {
        String token = Sessions.secret(random);
        open.put(invitation.name(), new Link(Sessions.digest(token), invitation.fresh()));
        return token;
    }

    /// Whom a link is for.
    Optional<Invitation> find(String token) {
        String digest = Sessions.digest(token);
        return open.asMap().entrySet().stream()
                .filter(entry -> Sessions.same(entry.getValue().digest(), digest))
                .map(entry -> new Invitation(entry.getKey(), entry.getValue().fresh()))
                .findFirst();
    }

    /// Takes all back.
    void forget() {
        open.invalidateAll();
    }

    /// Takes it back.
    ///
    /// @return whether it was good until now
    boolean take(Invitation invitation, String token) {
        return open.asMap().remove(invitation.name(), new Link(Sessions.digest(token), invitation.fresh()));
    }
}
