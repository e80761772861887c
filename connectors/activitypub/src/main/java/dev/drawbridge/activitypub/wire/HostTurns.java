package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Asks each server a few things at once, not more: small servers cannot answer many, and an attacker cannot use us to
/// flood one.
final class HostTurns {
    private static final int AT_ONCE = 4;
    private static final int MOST_HOSTS = 50_000;
    private final Cache<String, Semaphore> turns = Caffeine.newBuilder()
            .maximumSize(MOST_HOSTS)
            .executor(Runnable::run)
            .build();

    <T> T at(URI uri, Supplier<T> ask) {
        Semaphore host = turns.get(String.valueOf(uri.getRawAuthority()), _ -> new Semaphore(AT_ONCE));
        host.acquireUninterruptibly();
        try {
            return ask.get();
        } finally {
            host.release();
        }
    }
}
