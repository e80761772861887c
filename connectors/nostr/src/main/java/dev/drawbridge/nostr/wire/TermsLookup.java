package dev.drawbridge.nostr.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.nostr.event.RelayUrl;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks relays for their terms, through the guard and without following redirects.
final class TermsLookup {
    private static final Logger LOG = LoggerFactory.getLogger(TermsLookup.class);
    private static final long LONGEST = 64_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration GOOD_FOR = Duration.ofHours(12);
    private static final int MOST = 1_000;

    private final OutboundHttp http;
    private final Cache<RelayUrl, Terms> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(GOOD_FOR).build();

    TermsLookup(OutboundHttp http) {
        this.http = http;
    }

    /// What is known, without asking.
    Terms known(RelayUrl url) {
        return Optional.ofNullable(known.getIfPresent(url)).orElse(Terms.USUAL);
    }

    /// Asks unless it is known. A relay that says nothing has the usual terms.
    Terms of(RelayUrl url) {
        return Optional.ofNullable(known.getIfPresent(url)).orElseGet(() -> {
            Terms terms = ask(url).orElse(Terms.USUAL);
            known.put(url, terms);
            return terms;
        });
    }

    private Optional<Terms> ask(RelayUrl url) {
        URI page = URI.create(url.value().replaceFirst("^ws", "http"));
        try {
            OutboundHttp.Answer answer = http.send(new OutboundHttp.Request(
                    "GET", page, Map.of("accept", "application/nostr+json"), new byte[0], LONGEST, PATIENCE, 0));
            return answer.status() == 200 ? Terms.read(answer.body()) : Optional.empty();
        } catch (OutboundHttp.OutboundException e) {
            LOG.info("relay {}: does not say what it can do: {}", url, e.getMessage());
            return Optional.empty();
        }
    }
}
