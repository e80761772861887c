package dev.drawbridge.feed.wire;

import dev.drawbridge.feed.object.Feed;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Subscriptions at hubs ([WebSub](https://www.w3.org/TR/websub/)). They live as long as the process: the secret of
/// each is nowhere but in memory, and a new start asks anew. Feeds are polled all the same, less often.
public final class HubSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(HubSubscriptions.class);
    /// Under which path of the instance hubs reach us, with a token behind it.
    public static final String PATH = "/feed/hub/";

    private static final Duration WANTED = Duration.ofDays(10);
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration AGAIN = Duration.ofDays(1);
    private static final int RANDOM_BYTES = 20;
    private static final Map<String, String> ALGORITHMS =
            Map.of("sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha384", "HmacSHA384", "sha512", "HmacSHA512");

    private final OutboundHttp http;
    private final InstanceInfo instance;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final boolean wanted;
    private final Map<String, Subscription> byToken = new ConcurrentHashMap<>();

    HubSubscriptions(
            OutboundHttp http, InstanceInfo instance, RandomGenerator random, InstantSource clock, boolean wanted) {
        this.http = http;
        this.instance = instance;
        this.random = random;
        this.clock = clock;
        this.wanted = wanted;
    }

    /// What we asked a hub for.
    ///
    /// @param asked when it was asked last
    /// @param until how long it told us it would; the epoch if it did not confirm
    private record Subscription(
            URI feed, URI hub, URI topic, String token, String secret, Instant asked, Instant until) {
        Subscription confirmed(Instant end) {
            return new Subscription(feed, hub, topic, token, secret, asked, end);
        }

        /// Whether nine tenths of its time are over; or nobody confirmed it for a day.
        boolean isDue(Instant now) {
            return until.equals(Instant.EPOCH)
                    ? now.isAfter(asked.plus(AGAIN))
                    : now.isAfter(until.minus(Duration.between(asked, until).dividedBy(10)));
        }
    }

    /// Asks the hub of a feed, if it has one that does not know us yet.
    void offer(URI feed, Feed seen) {
        if (!wanted || seen.hub().filter(this::keepsSecrets).isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        URI topic = seen.self().orElse(feed);
        Optional<Subscription> known = of(feed);
        boolean stands = known.filter(
                        s -> s.hub().equals(seen.hub().get()) && s.topic().equals(topic))
                .filter(s -> !s.isDue(now))
                .isPresent();
        if (!stands) {
            var asked = known.filter(
                            s -> s.hub().equals(seen.hub().get()) && s.topic().equals(topic))
                    .map(s -> new Subscription(feed, s.hub(), topic, s.token(), s.secret(), now, s.until()))
                    .orElseGet(() ->
                            new Subscription(feed, seen.hub().get(), topic, secret(), secret(), now, Instant.EPOCH));
            known.ifPresent(s -> byToken.remove(s.token()));
            byToken.put(asked.token(), asked);
            ask(asked, "subscribe");
        }
    }

    /// Over http everybody on the way would read the secret, and could sign news as the hub does.
    private boolean keepsSecrets(URI hub) {
        return instance.loopback() || "https".equalsIgnoreCase(hub.getScheme());
    }

    /// A feed is not read any more.
    void leave(URI feed) {
        of(feed).ifPresent(subscription -> {
            byToken.remove(subscription.token());
            LOG.info("the hub {} is left to forget {}", subscription.hub(), feed);
        });
    }

    /// Whether a hub tells us of news.
    boolean tells(URI feed) {
        return of(feed).filter(s -> s.until().isAfter(clock.instant())).isPresent();
    }

    private Optional<Subscription> of(URI feed) {
        return byToken.values().stream().filter(s -> s.feed().equals(feed)).findFirst();
    }

    private String secret() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void ask(Subscription subscription, String mode) {
        String form = "hub.mode=" + mode + "&hub.topic="
                + encoded(subscription.topic().toString()) + "&hub.callback="
                + encoded(instance.resolve(PATH + subscription.token()).toString()) + "&hub.secret="
                + subscription.secret()
                + "&hub.lease_seconds=" + WANTED.toSeconds();
        try {
            int status = http.send(OutboundHttp.Request.post(
                            subscription.hub(),
                            Map.of("content-type", "application/x-www-form-urlencoded"),
                            form.getBytes(StandardCharsets.UTF_8)))
                    .status();
            if (status / 100 != 2) {
                LOG.info("the hub {} does not take us on for {}: {}", subscription.hub(), subscription.feed(), status);
            }
        } catch (OutboundHttp.OutboundException e) {
            LOG.info("the hub {} does not answer: {}", subscription.hub(), e.toString());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Whether we asked for what a hub wants confirmed (§5.3); then it holds for that long.
    public boolean confirms(String token, String mode, String topic, String leaseSeconds) {
        Subscription asked = byToken.get(token);
        if (asked == null
                || !mode.equals("subscribe")
                || !asked.topic().toString().equals(topic)) {
            return false;
        }
        Duration lease = leaseSeconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(leaseSeconds)) : WANTED;
        Duration held = lease.compareTo(SHORTEST) < 0 ? SHORTEST : lease;
        byToken.computeIfPresent(token, (_, s) -> s.confirmed(clock.instant().plus(held)));
        return true;
    }

    /// A hub will not tell us any more, or never did (§5.2).
    public void denied(String token) {
        byToken.computeIfPresent(token, (_, s) -> s.confirmed(Instant.EPOCH));
    }

    /// The feed a subscription is for.
    public Optional<URI> feed(String token) {
        return Optional.ofNullable(byToken.get(token)).map(Subscription::feed);
    }

    /// Whether what a hub sends is signed with the secret that only it was told (§8).
    ///
    /// @param signature `X-Hub-Signature`, as `sha256=` with hex digits
    public boolean isSigned(String token, String signature, byte[] body) {
        Subscription subscription = byToken.get(token);
        String[] parts = signature.split("=", 2);
        String algorithm = ALGORITHMS.get(parts[0].toLowerCase(Locale.ROOT));
        if (subscription == null || parts.length != 2 || algorithm == null) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(subscription.secret().getBytes(StandardCharsets.US_ASCII), algorithm));
            return MessageDigest.isEqual(mac.doFinal(body), HexFormat.of().parseHex(parts[1].strip()));
        } catch (IllegalArgumentException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
