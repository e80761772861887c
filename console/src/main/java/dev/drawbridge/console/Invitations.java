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

    private record Link(String digest, boolean fresh, long removals) {}

    /// Whom a link is for.
    ///
    /// @param fresh whether they are to become an operator; else they are one, and choose a password anew
    /// @param removals how many operators had been taken out when it was made: whoever is taken out later may
    /// have made it, in whatever process
    record Invitation(String name, boolean fresh, long removals) {}

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
        open.put(invitation.name(), link(invitation, token));
        return token;
    }

    /// Whom a link is for.
    Optional<Invitation> find(String token) {
        String digest = Sessions.digest(token);
        return open.asMap().entrySet().stream()
                .filter(entry -> Sessions.same(entry.getValue().digest(), digest))
                .map(entry -> new Invitation(
                        entry.getKey(),
                        entry.getValue().fresh(),
                        entry.getValue().removals()))
                .findFirst();
    }

    /// Takes it back.
    ///
    /// @return whether it was good until now
    boolean take(Invitation invitation, String token) {
        return open.asMap().remove(invitation.name(), link(invitation, token));
    }

    private static Link link(Invitation invitation, String token) {
        return new Link(Sessions.digest(token), invitation.fresh(), invitation.removals());
    }
}
