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
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The keys a provider signs with. Kept for an hour; asked for again when one is named that is not known, but not more
/// often than every half minute, whatever is named.
final class ProviderKeys {
    private static final Duration GOOD = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Function<URI, JsonNode> line;
    private final InstantSource clock;
    private JWKSet known = new JWKSet();
    private Instant asked = Instant.MIN;

    /// @param line asks for a document
    ProviderKeys(Function<URI, JsonNode> line, InstantSource clock) {
        this.line = line;
        this.clock = clock;
    }

    /// Those that may have signed what has this header: of its kind, for signatures, with its name.
    ///
    /// @throws Refusal if there are none and the provider does not say others
    synchronized List<JWK> of(JWSHeader header, URI place) {
        Instant now = clock.instant();
        if (asked.equals(Instant.MIN) || now.isAfter(asked.plus(GOOD))) {
            ask(place, now);
        }
        List<JWK> found = select(header);
        if (found.isEmpty() && now.isAfter(asked.plus(PAUSE))) {
            ask(place, now);
            found = select(header);
        }
        return found;
    }

    private List<JWK> select(JWSHeader header) {
        return new JWKSelector(Objects.requireNonNull(JWKMatcher.forJWSHeader(header))).select(known);
    }

    private void ask(URI place, Instant now) {
        JsonNode said = line.apply(place);
        try {
            known = JWKSet.parse(said.toString());
            asked = now;
        } catch (ParseException e) {
            throw new Refusal(Refusal.Why.AWAY, place + " has no keys: " + e.getMessage());
        }
    }
}
