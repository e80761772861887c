package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.signature.HttpSignatures;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.object.signature.SignedRequest;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.Probes;
import dev.drawbridge.activitypub.wire.SelfTest;
import dev.drawbridge.activitypub.wire.SignedHttp;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Tells ourselves how a request arrived that we sent to our public address. Whoever has not just been given a probe by
/// us finds nothing here; who has learns which of the expected headers arrived and whether our own signature held.
public final class SelfTestEndpoint {
    private static final int MOST = 4096;
    private final Probes probes;
    private final SignedHttp http;
    private final SignatureVerifier verifier;
    private final InstantSource clock;

    public SelfTestEndpoint(Probes probes, SignedHttp http, SignatureVerifier verifier, InstantSource clock) {
        this.probes = probes;
        this.http = http;
        this.verifier = verifier;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.Http.post(SelfTest.PATH + "{probe}", MOST, this::answer));
    }

    private HttpReply answer(HttpCall call) {
        return probes.take(call.path().getOrDefault("probe", ""))
                .map(home ->
                        HttpReply.json(200, Documents.write(seen(call, home))).with("Cache-Control", "no-store"))
                .orElseGet(Replies::notFound);
    }

    private ObjectNode seen(HttpCall call, String home) {
        ObjectNode seen = Documents.object();
        var headers = seen.putArray("headers");
        SelfTest.EXPECTED.stream().filter(h -> call.header(h).isPresent()).forEach(headers::add);
        return seen.put(
                        "host",
                        Addresses.authority(home).equalsIgnoreCase(call.uri().getRawAuthority()))
                .put("scheme", home.startsWith(call.uri().getScheme() + "://"))
                .put("signature", signed(call, home))
                .put("client", isPublic(call.remote()));
    }

    /// Whether our own signature holds, taking the host for granted: that is told on its own.
    private boolean signed(HttpCall call, String home) {
        String query = call.uri().getRawQuery();
        URI here = URI.create(home + call.uri().getRawPath() + (query == null ? "" : "?" + query));
        Map<String, List<String>> headers = new HashMap<>(call.headers());
        headers.put("host", List.of(here.getRawAuthority()));
        headers.remove("signature-input");
        var request = new SignedRequest(call.method(), here, headers, call.body());
        return HttpSignatures.read(request, clock.instant()) instanceof Claimed claim
                && claim.messages().stream()
                        .anyMatch(message -> verifier.verify(
                                SignatureScheme.RSA_SHA256, http.instancePublicKey(), message, claim.signature()));
    }

    private static boolean isPublic(String remote) {
        try {
            return !RateLimit.isPrivate(InetAddress.ofLiteral(remote));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
