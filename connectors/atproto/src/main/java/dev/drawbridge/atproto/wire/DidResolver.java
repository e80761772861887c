package dev.drawbridge.atproto.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.PausedHost;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Finds the document of a DID, and remembers it for a while.
///
/// Spec: [DID](https://atproto.com/specs/did)
public final class DidResolver {
    private static final int MAX_DOCUMENTS = 50_000;
    private static final Duration FRESH = Duration.ofHours(6);
    private static final Duration FRESH_NOTHING = Duration.ofMinutes(5);

    private final PlcDirectory plc;
    private final Json json;
    private final boolean loopback;
    private final InstantSource clock;
    private final HostBreaker breaker;
    private final Cache<Did, Known> cache =
            Caffeine.newBuilder().maximumSize(MAX_DOCUMENTS).build();

    private record Known(Optional<DidDocument> document, Instant until) {}

    /// @param loopback whether did:web may name localhost and a port
    public DidResolver(PlcDirectory plc, OutboundHttp http, boolean loopback, InstantSource clock) {
        this.plc = plc;
        this.json = new Json(http);
        this.loopback = loopback;
        this.clock = clock;
        this.breaker = new HostBreaker(clock);
    }

    /// The document; empty if the DID is unknown or its method is not one of this network.
    ///
    /// @throws Unavailable if nobody can tell now
    public Optional<DidDocument> resolve(Did did) {
        Instant now = clock.instant();
        Known known = cache.getIfPresent(did);
        if (known != null && now.isBefore(known.until)) {
            return known.document;
        }
        Optional<DidDocument> document;
        try {
            document = breaker.ask(host(did), () -> fetch(did));
        } catch (Unavailable e) {
            if (known != null && known.document.isPresent()) {
                // What was so some hours ago is worth more than no answer. Who knows that it changed has it forgotten.
                return known.document;
            }
            throw e;
        }
        remember(did, document);
        return document;
    }

    /// The document as it is now, whatever is remembered. Who cannot be asked now is remembered as before.
    ///
    /// @throws Unavailable if nobody can tell now
    public Optional<DidDocument> fresh(Did did) {
        Optional<DidDocument> document = breaker.ask(host(did), () -> fetch(did));
        remember(did, document);
        return document;
    }

    private void remember(Did did, Optional<DidDocument> document) {
        cache.put(did, new Known(document, clock.instant().plus(document.isPresent() ? FRESH : FRESH_NOTHING)));
    }

    /// Looks again next time: the document may have changed.
    public void forget(Did did) {
        cache.invalidate(did);
    }

    /// Hosts of documents that are spared now, because they did not answer.
    List<PausedHost> paused() {
        return breaker.paused();
    }

    private String host(Did did) {
        return did.method().equals("plc") ? plc.host() : decoded(did);
    }

    private static String decoded(Did did) {
        return URLDecoder.decode(did.identifier(), StandardCharsets.UTF_8);
    }

    private Optional<DidDocument> fetch(Did did) {
        if (!did.isSupported()) {
            return Optional.empty();
        }
        return did.method().equals("plc") ? plc.document(did) : web(did);
    }

    private Optional<DidDocument> web(Did did) {
        String host = decoded(did);
        boolean port = host.contains(":");
        if ((port || host.equals("localhost")) && !loopback) {
            return Optional.empty();
        }
        try {
            URI at = new URI((port ? "http://" : "https://") + host + "/.well-known/did.json");
            return json.get(at).map(found -> DidDocument.parse(found, did));
        } catch (java.net.URISyntaxException | MalformedData e) {
            return Optional.empty();
        }
    }
}
