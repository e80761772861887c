package dev.drawbridge.nostr.http;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.drawbridge.nostr.event.PublicKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How much each address and each author may do on our relay. An address that is not public stands for a proxy and so
/// for everybody: there each connection counts for itself.
final class Quotas {
    private static final int MOST = 100_000;

    private final Map<String, Integer> connections = new ConcurrentHashMap<>();
    private final int mostConnections;
    private final LoadingCache<String, TokenBucket> strangers;
    private final LoadingCache<String, TokenBucket> questions;
    private final LoadingCache<PublicKey, TokenBucket> writers;

    Quotas(RelayLimits limits, InstantSource clock) {
        mostConnections = limits.connections();
        strangers = cache(limits.strangers(), clock);
        questions = cache(limits.questions(), clock);
        writers = cache(limits.writers(), clock);
    }

    private static <K> LoadingCache<K, TokenBucket> cache(RelayLimits.Rate rate, InstantSource clock) {
        return Caffeine.newBuilder().maximumSize(MOST).build(_ -> new TokenBucket(rate, clock));
    }

    /// One connection more.
    ///
    /// @param source what [#source(String,long)] says
    /// @return whether it may stay; if so, it has to [#leave(String)] once
    boolean enter(String source) {
        boolean[] room = new boolean[1];
        connections.compute(source, (_, there) -> {
            int now = there == null ? 0 : there;
            room[0] = now < mostConnections;
            return room[0] ? now + 1 : there;
        });
        return room[0];
    }

    void leave(String source) {
        connections.computeIfPresent(source, (_, there) -> there == 1 ? null : there - 1);
    }

    /// @param source what [#source(String,long)] says
    TokenBucket strangers(String source) {
        return strangers.get(source);
    }

    TokenBucket questions(String source) {
        return questions.get(source);
    }

    TokenBucket writer(PublicKey author) {
        return writers.get(author);
    }

    /// Whom a connection counts for.
    ///
    /// @param remote the client's address
    /// @param connection the number of its connection
    static String source(String remote, long connection) {
        return publicAddress(remote).orElseGet(() -> "connection " + connection);
    }

    private static Optional<String> publicAddress(String remote) {
        try {
            InetAddress address = InetAddress.ofLiteral(remote);
            boolean inside = address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isAnyLocalAddress()
                    || isUniqueLocal(address.getAddress());
            return inside ? Optional.empty() : Optional.of(network(address));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// RFC 4193.
    private static boolean isUniqueLocal(byte[] address) {
        return address.length == 16 && (address[0] & 0xfe) == 0xfc;
    }

    /// A household has 2^64 addresses of version 6.
    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16) {
            java.util.Arrays.fill(bytes, 8, 16, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
