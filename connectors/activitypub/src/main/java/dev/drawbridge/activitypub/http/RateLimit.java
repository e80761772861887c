package dev.drawbridge.activitypub.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How often one address may ask: a bucket of tokens that fills again steadily, for each address and each kind of
/// thing. An IPv6 address counts as its /64, which one customer has.
///
/// Addresses that are not public are never limited: they are a proxy that nobody declared, behind which is everybody.
/// Memory is bounded; an address that is forgotten starts with a full bucket.
public final class RateLimit {
    /// In this time a bucket fills.
    public static final Duration WINDOW = Duration.ofMinutes(5);

    /// GETs in five minutes, as GoToSocial has it.
    public static final int DEFAULT = 300;

    /// Of one request, so that nothing has to be rounded.
    private static final long COST = WINDOW.toMillis();

    private static final int MOST_ADDRESSES = 100_000;
    private final long most;
    private final InstantSource clock;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .executor(Runnable::run)
            .build();

    /// @param credit what is there: in every millisecond comes as much as the bucket holds tokens
    /// @param gave whether the last who asked got a token
    private record Bucket(long credit, Instant at, boolean gave) {}

    /// @param most how many a bucket holds; 0 for no limit
    public RateLimit(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /// The same endpoints, each GET of which takes a token.
    ///
    /// @param kind what they have in common; kinds have buckets of their own
    public List<Endpoint> around(String kind, List<Endpoint> endpoints) {
        return most == 0
                ? endpoints
                : endpoints.stream().map(e -> around(kind, e)).toList();
    }

    private Endpoint around(String kind, Endpoint endpoint) {
        if (!(endpoint instanceof Endpoint.Http http) || !http.method().equals("GET")) {
            return endpoint;
        }
        return new Endpoint.Http(
                http.method(),
                http.path(),
                http.maxBody(),
                http.when(),
                call -> take(kind, call)
                        .map(RateLimit::refusal)
                        .orElseGet(() -> http.handler().handle(call)));
    }

    private static HttpReply refusal(Duration wait) {
        long seconds = wait.plusMillis(999).toSeconds();
        return Replies.error(429, "asked too often, try again later")
                .with("Retry-After", Long.toString(Math.max(1, seconds)));
    }

    /// @return how long to wait; empty if there was a token
    private Optional<Duration> take(String kind, HttpCall call) {
        var client = client(call.remote());
        if (client.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Bucket bucket = Objects.requireNonNull(buckets.asMap().compute(kind + " " + client.get(), (_, known) -> {
            long there =
                    known == null ? most * COST : Math.min(most * COST, known.credit() + refilled(known.at(), now));
            return there >= COST ? new Bucket(there - COST, now, true) : new Bucket(there, now, false);
        }));
        return bucket.gave()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.ceilDiv(COST - bucket.credit(), most)));
    }

    private long refilled(Instant from, Instant to) {
        // A clock that is set back does not take anything away.
        return Math.clamp(Duration.between(from, to).toMillis(), 0, WINDOW.toMillis()) * most;
    }

    /// Who asks; empty if the address is not a public one.
    private static Optional<String> client(String remote) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(remote);
        } catch (IllegalArgumentException _) {
            return Optional.of(remote);
        }
        if (isPrivate(address)) {
            return Optional.empty();
        }
        byte[] bytes = address.getAddress();
        int part = address instanceof Inet6Address ? 8 : bytes.length;
        return Optional.of(HexFormat.of().formatHex(Arrays.copyOf(bytes, part)));
    }

    static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || uniqueLocal;
    }

    int remembered() {
        buckets.cleanUp();
        return buckets.asMap().size();
    }
}
