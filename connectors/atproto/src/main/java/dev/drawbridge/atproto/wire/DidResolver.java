package dev.drawbridge.atproto.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.PausedHost;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the document of a DID, and remembers it for a while.
///
/// Spec: [DID](https://atproto.com/specs/did)
public final class DidResolver {
    private static final int MAX_DOCUMENTS = 50_000;
    private static final Duration FRESH = Duration.ofHours(6);
    private static final Duration FRESH_NOTHING = Duration.ofMinutes(5);

    /// What the directory is spared as: no DID of a host is called that.
    private static final String PLC = "did:plc";

    private static final Pattern PORT = Pattern.compile("%3A", Pattern.CASE_INSENSITIVE);

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
            document = fetch(did);
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
        Optional<DidDocument> document = fetch(did);
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
        return breaker.paused().stream()
                // Who calls themselves by the directory's name says nothing about it.
                .filter(known -> !known.host().equals(Did.WEB + plc.host()))
                .map(known -> new PausedHost(named(known.host()), known.failures(), known.until()))
                .toList();
    }

    private String named(String spared) {
        return spared.equals(PLC) ? plc.host() : spared.substring(Did.WEB.length());
    }

    private Optional<DidDocument> fetch(Did did) {
        if (!did.isSupported()) {
            return Optional.empty();
        }
        return did.isWeb()
                ? host(did).flatMap(host -> breaker.ask(Did.WEB + host, () -> web(did, host)))
                : breaker.ask(PLC, () -> plc.document(did));
    }

    /// The host that a did:web names, with its port: nothing but the colon before it may be encoded there.
    ///
    /// @return empty if it names none, or one that is not asked
    private Optional<String> host(Did did) {
        String host = PORT.matcher(did.identifier()).replaceFirst(":");
        boolean here = host.contains(":") || host.equals("localhost");
        return host.contains("%") || (here && !loopback) ? Optional.empty() : Optional.of(host);
    }

    private Optional<DidDocument> web(Did did, String host) {
        try {
            URI at = new URI((host.contains(":") ? "http://" : "https://") + host + "/.well-known/did.json");
            return json.get(at).map(found -> DidDocument.parse(found, did));
        } catch (URISyntaxException | MalformedData e) {
            return Optional.empty();
        }
    }
}
