package dev.drawbridge.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Sign-ins that were begun in a browser and are not done yet. Each has a word that goes out and has to come back, and
/// belongs to the browser that began it: neither is of use without the other, once, and for ten minutes. In memory, and
/// only digests of both; more than the turns of everybody let begin in ten minutes ([Knocks]), so that none of them
/// pushes out another.
///
/// @param <T> what is needed to go on
final class OpenSignIns<T> {
    private static final Duration GOOD = Duration.ofMinutes(10);
    private static final int MOST = 4_000;

    private final SecureRandom random;
    private final Cache<String, T> open;

    OpenSignIns(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.open = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(GOOD)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// A new word that nobody guesses, or a secret for a browser.
    String word() {
        return Sessions.secret(random);
    }

    void put(String word, String browser, T what) {
        open.put(key(word, browser), what);
    }

    /// What was begun with this word in this browser, once.
    Optional<T> take(String word, String browser) {
        return Optional.ofNullable(open.asMap().remove(key(word, browser)));
    }

    private static String key(String word, String browser) {
        return Sessions.digest(word) + Sessions.digest(browser);
    }
}
