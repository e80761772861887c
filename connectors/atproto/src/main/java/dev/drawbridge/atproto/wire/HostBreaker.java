package dev.drawbridge.atproto.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.spi.PausedHost;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Leaves hosts alone that did not answer: the next question fails at once, until it is time for one that tries. A
/// thousand DIDs at one silent host cost one time-out, not a thousand.
final class HostBreaker {
    private static final int MAX_HOSTS = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final int MAX_DOUBLINGS = 6;
    private static final int MOST_SHOWN = 200;

    /// How long a question that tries may take, while all others are refused.
    private static final Duration TRYING = Duration.ofSeconds(15);

    private final InstantSource clock;
    private final Cache<String, Silent> silent =
            Caffeine.newBuilder().maximumSize(MAX_HOSTS).build();

    /// @param failures questions without an answer, one after the other
    private record Silent(int failures, Instant until) {}

    HostBreaker(InstantSource clock) {
        this.clock = clock;
    }

    /// What a host answers.
    ///
    /// @throws Unavailable if it does not, or did not a short time ago; says when it is asked again
    <T> T ask(String host, Supplier<T> question) {
        admit(host);
        try {
            T answer = question.get();
            silent.invalidate(host);
            return answer;
        } catch (Unavailable e) {
            throw new Unavailable(String.valueOf(e.getMessage()), Optional.of(failed(host, e.retryAfter())));
        }
    }

    private synchronized void admit(String host) {
        Silent known = silent.getIfPresent(host);
        if (known != null) {
            Instant now = clock.instant();
            if (now.isBefore(known.until)) {
                throw new Unavailable(
                        host + " did not answer a short time ago", Optional.of(Duration.between(now, known.until)));
            }
            silent.put(host, new Silent(known.failures, now.plus(TRYING)));
        }
    }

    private synchronized Duration failed(String host, Optional<Duration> asked) {
        Silent known = silent.getIfPresent(host);
        int failures = known == null ? 1 : known.failures + 1;
        Duration pause = asked.orElse(FIRST.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS)));
        silent.put(host, new Silent(failures, clock.instant().plus(pause)));
        return pause;
    }

    /// Those that are not asked now, those that failed most often first.
    List<PausedHost> paused() {
        Instant now = clock.instant();
        return silent.asMap().entrySet().stream()
                .map(e -> new PausedHost(
                        e.getKey(), e.getValue().failures(), e.getValue().until()))
                .filter(host -> host.until().isAfter(now))
                .sorted(Comparator.comparingInt(PausedHost::failures).reversed().thenComparing(PausedHost::host))
                .limit(MOST_SHOWN)
                .toList();
    }
}
