package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.spi.PausedHost;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Spares hosts that do not answer, and those who wait for us while we wait for them.
///
/// Each inbox is tried again at a pace of its own; a host with a thousand inboxes would be tried a thousand times. So
/// after three requests in a row without an answer a host is not asked for a minute, except for the inbox that was
/// asked last: it goes on at its own pace and finds out when the host is back. Any answer closes the breaker, also one
/// that says no. In memory only.
final class HostBreaker {
    private static final int ENOUGH = 3;
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST_HOSTS = 50_000;
    private static final int MOST_SHOWN = 200;

    private final InstantSource clock;
    private final Cache<String, Silence> silent = Caffeine.newBuilder()
            .maximumSize(MOST_HOSTS)
            .executor(Runnable::run)
            .build();

    /// @param requests without an answer, one after the other
    /// @param inbox asked last
    private record Silence(int requests, URI inbox, Instant at) {}

    HostBreaker(InstantSource clock) {
        this.clock = clock;
    }

    /// How long not to ask; empty if it may be asked.
    Optional<Duration> pause(URI inbox) {
        return Optional.ofNullable(silent.getIfPresent(host(inbox)))
                .filter(s -> s.requests() >= ENOUGH && !s.inbox().equals(inbox))
                .map(s -> Duration.between(clock.instant(), s.at().plus(PAUSE)))
                .filter(Duration::isPositive);
    }

    void answered(URI inbox) {
        silent.invalidate(host(inbox));
    }

    void silent(URI inbox) {
        silent.asMap()
                .merge(
                        host(inbox),
                        new Silence(1, inbox, clock.instant()),
                        (before, now) -> new Silence(before.requests() + 1, now.inbox(), now.at()));
    }

    /// Those that are not asked for now, but for one inbox.
    List<PausedHost> paused() {
        Instant now = clock.instant();
        return silent.asMap().entrySet().stream()
                .filter(e -> e.getValue().requests() >= ENOUGH)
                .map(e -> new PausedHost(
                        e.getKey(), e.getValue().requests(), e.getValue().at().plus(PAUSE)))
                .filter(host -> host.until().isAfter(now))
                .sorted(Comparator.comparingInt(PausedHost::failures).reversed().thenComparing(PausedHost::host))
                .limit(MOST_SHOWN)
                .toList();
    }

    private static String host(URI inbox) {
        return inbox.getRawAuthority().toLowerCase(Locale.ROOT);
    }
}
