package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.activitypub.object.signature.Generation;
import dev.drawbridge.activitypub.store.Hosts;
import dev.drawbridge.activitypub.store.Hosts.Speaks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Which generation of signatures each server understands. Draft-cavage until a server has shown that it knows better:
/// some answer 202 to what they then throw away. Forgotten after 30 days, so that an exchanged server starts anew.
public final class HostMemory {
    private static final int MOST = 50_000;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration RENEWED = Duration.ofDays(1);
    private static final Duration BETWEEN_KNOCKS = Duration.ofDays(1);
    private final Hosts hosts;
    private final InstantSource clock;
    private final Cache<String, Optional<Speaks>> known =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    /// Hosts that refused both, and when.
    private final Cache<String, Instant> refusedBoth =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    public HostMemory(Hosts hosts, InstantSource clock) {
        this.hosts = hosts;
        this.clock = clock;
    }

    /// What to sign with for a host.
    ///
    /// @param host with the port, if any
    Generation of(String host) {
        return known.get(host, hosts::speaks)
                .filter(s -> clock.instant().isBefore(s.at().plus(KEPT)))
                .map(Speaks::generation)
                .orElse(Generation.CAVAGE);
    }

    /// A host showed that it understands a generation: it answered to it, signs with it or says so.
    public void learn(String host, Generation generation) {
        Instant now = clock.instant();
        boolean news = known.get(host, hosts::speaks)
                .filter(s -> s.generation() == generation && now.isBefore(s.at().plus(RENEWED)))
                .isEmpty();
        if (news) {
            var speaks = new Speaks(generation, now);
            hosts.learn(host, speaks);
            known.put(host, Optional.of(speaks));
        }
    }

    /// Whether it makes sense to try the other generation with a host that refused one.
    boolean mayKnockAgain(String host) {
        return Optional.ofNullable(refusedBoth.getIfPresent(host))
                .filter(at -> clock.instant().isBefore(at.plus(BETWEEN_KNOCKS)))
                .isEmpty();
    }

    void refusedBoth(String host) {
        refusedBoth.put(host, clock.instant());
    }
}
