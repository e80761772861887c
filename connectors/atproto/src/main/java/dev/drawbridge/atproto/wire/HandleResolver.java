package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks a handle which DID it belongs to: by DNS, then by the web.
///
/// Spec: [Handle resolution](https://atproto.com/specs/handle#handle-resolution)
public final class HandleResolver {
    private static final String PREFIX = "did=";
    private static final int MAX_BYTES = 4096;
    private static final int MAX_REDIRECTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Json json;
    private final TxtRecords dns;

    public HandleResolver(OutboundHttp http, TxtRecords dns) {
        this.json = new Json(http);
        this.dns = dns;
    }

    /// The DID that the handle names; empty if it names none, more than one, or does not answer.
    public Optional<Did> resolve(Handle handle) {
        try {
            return ask(handle).did();
        } catch (Unavailable e) {
            return Optional.empty();
        }
    }

    /// Whether the handle names this DID.
    ///
    /// @throws Unavailable if it does not answer, or DNS, which goes before the web, does not and the web
    /// names another
    boolean names(Handle handle, Did did) {
        Asked asked = ask(handle);
        boolean named = asked.did().equals(Optional.of(did));
        if (!named && asked.silence().isPresent()) {
            throw asked.silence().get();
        }
        return named;
    }

    /// @param silence what DNS did not say
    private record Asked(Optional<Did> did, Optional<Unavailable> silence) {}

    private Asked ask(Handle handle) {
        // A private key is as long as a label of a domain may be, and whoever is asked would see it.
        if (!handle.isResolvable() || PrivateKeys.in(handle.value())) {
            return new Asked(Optional.empty(), Optional.empty());
        }
        Optional<Did> named;
        try {
            named = byDns(handle);
        } catch (Unavailable e) {
            return new Asked(byWeb(handle), Optional.of(e));
        }
        return new Asked(named.or(() -> byWeb(handle)), Optional.empty());
    }

    private Optional<Did> byDns(Handle handle) {
        List<String> names = dns.of("_atproto." + handle.value()).stream()
                .filter(text -> text.startsWith(PREFIX))
                .map(text -> text.substring(PREFIX.length()))
                .distinct()
                .toList();
        return names.size() == 1 ? Did.tryParse(names.getFirst()) : Optional.empty();
    }

    private Optional<Did> byWeb(Handle handle) {
        URI at = URI.create("https://" + handle.value() + "/.well-known/atproto-did");
        Answer answer = json.send(new Request("GET", at, Map.of(), new byte[0], MAX_BYTES, PATIENCE, MAX_REDIRECTS));
        if (answer.status() >= 500) {
            throw new Unavailable(at + " answers " + answer.status(), Optional.empty());
        }
        return answer.status() == 200 ? Did.tryParse(Json.text(answer).strip()) : Optional.empty();
    }
}
