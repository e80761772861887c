package dev.drawbridge.console.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The keys a provider signs with. Kept for an hour; asked for again when none of them signed something, but not more
/// often than every half minute, whatever is signed. While the provider does not say them those of before stay, for a
/// day.
final class ProviderKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);
    private static final Duration GOOD = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MOST_TRIED = 5;

    private final Function<URI, JsonNode> line;
    private final InstantSource clock;
    private volatile Optional<Told> known = Optional.empty();
    private Instant asked = Instant.MIN;

    private record Told(JWKSet keys, Instant since) {
        boolean within(Duration time, Instant now) {
            return !now.isAfter(since.plus(time));
        }
    }

    /// @param line asks for a document
    ProviderKeys(Function<URI, JsonNode> line, InstantSource clock) {
        this.line = line;
        this.clock = clock;
    }

    /// Whether one signed what has this header. Tried are those of its kind, for signatures, with its name if it has
    /// one.
    ///
    /// @throws Refusal if the provider does not say its keys
    boolean any(JWSHeader header, URI place, Predicate<JWK> signed) {
        JWKSet now = known(place);
        if (fits(header, now, signed)) {
            return true;
        }
        JWKSet others = anew(place);
        return !others.equals(now) && fits(header, others, signed);
    }

    /// Whether one of those that were said within a day signed what has this header. Asks nobody, and waits for
    /// nobody who asks: for what an old key does no harm with.
    boolean kept(JWSHeader header, Predicate<JWK> signed) {
        Instant now = clock.instant();
        return known.filter(told -> told.within(LONGEST, now))
                .filter(told -> fits(header, told.keys(), signed))
                .isPresent();
    }

    private static boolean fits(JWSHeader header, JWKSet keys, Predicate<JWK> signed) {
        return new JWKSelector(Objects.requireNonNull(JWKMatcher.forJWSHeader(header)))
                .select(keys).stream().limit(MOST_TRIED).anyMatch(signed);
    }

    private synchronized JWKSet known(URI place) {
        Instant now = clock.instant();
        if (known.filter(told -> told.within(GOOD, now)).isEmpty()) {
            ask(place, now);
        }
        return known.filter(told -> told.within(LONGEST, now))
                .map(Told::keys)
                .orElseThrow(() -> new Refusal(Refusal.Why.AWAY, place + " did not say its keys"));
    }

    private synchronized JWKSet anew(URI place) {
        ask(place, clock.instant());
        return known.map(Told::keys).orElseGet(JWKSet::new);
    }

    /// Not within the pause, whether it answered then or not.
    private void ask(URI place, Instant now) {
        if (!asked.equals(Instant.MIN) && !now.isAfter(asked.plus(PAUSE))) {
            return;
        }
        asked = now;
        try {
            known = Optional.of(new Told(read(line.apply(place), place), now));
        } catch (Refusal e) {
            LOG.warn("the keys of the provider stay as they were: {}", e.getMessage());
        }
    }

    /// Those that cannot be read are no keys of ours, and the others are
    /// ([RFC 7517 §5](https://www.rfc-editor.org/rfc/rfc7517#section-5)).
    private static JWKSet read(JsonNode said, URI place) {
        if (!said.path("keys").isArray()) {
            throw new Refusal(Refusal.Why.AWAY, place + " has no keys");
        }
        return new JWKSet(StreamSupport.stream(said.path("keys").spliterator(), false)
                .flatMap(one -> key(one, place))
                .toList());
    }

    private static Stream<JWK> key(JsonNode one, URI place) {
        try {
            return Stream.of(JWK.parse(one.toString()));
        } catch (ParseException | RuntimeException e) {
            LOG.debug("a key of {} is left out: {}", place, e.getMessage());
            return Stream.empty();
        }
    }
}
