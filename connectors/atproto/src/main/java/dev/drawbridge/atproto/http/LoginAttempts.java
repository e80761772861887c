package dev.drawbridge.atproto.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/// How often somebody may try: from one address, as the reference has it, and how often they may be wrong about one
/// thing. In the memory of this process: what is guessed at has a hundred random bits.
final class LoginAttempts {
    private static final int ASKED = 30;
    private static final Duration ASKED_WITHIN = Duration.ofMinutes(5);
    private static final int WRONG = 10;
    private static final Duration LOCKED = Duration.ofMinutes(15);
    private static final int MOST = 50_000;

    /// Bytes of an IPv6 address.
    private static final int HALF = 8;

    private final Cache<String, AtomicInteger> asked;
    private final Cache<String, AtomicInteger> wrong;

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
        if (asked.get(network(address), _ -> new AtomicInteger()).incrementAndGet() > ASKED) {
            throw XrpcError.tooMany();
        }
    }

    /// Whom an address belongs to: an IPv6 address counts as its /64, which one customer has.
    static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, HALF)
                    : address;
        } catch (IllegalArgumentException _) {
            return address;
        }
    }

    /// @param what is guessed at, and by whom
    /// @throws XrpcError if it is enough for now
    void of(String what) {
        AtomicInteger count = wrong.getIfPresent(what);
        if (count != null && count.get() >= WRONG) {
            throw XrpcError.tooMany();
        }
    }

    void failed(String what) {
        wrong.get(what, _ -> new AtomicInteger()).incrementAndGet();
    }

    void succeeded(String what) {
        wrong.invalidate(what);
    }
}
