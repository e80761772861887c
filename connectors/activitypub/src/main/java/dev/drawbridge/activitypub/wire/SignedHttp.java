package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.object.signature.CavageSignature;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sends signed requests. Every one gets a signature of its own, made at the last moment.
public final class SignedHttp {
    /// What the signer calls the key of the instance actor.
    public static final String INSTANCE_KEY = "activitypub:instance";

    private static final byte[] NOTHING = new byte[0];
    private final OutboundHttp http;
    private final Signer signer;
    private final InstantSource clock;
    private final String userAgent;
    private final String instanceKeyId;

    /// @param userAgent how we introduce ourselves
    public SignedHttp(OutboundHttp http, Signer signer, InstantSource clock, String userAgent, Addresses addresses) {
        this.http = http;
        this.signer = signer;
        this.clock = clock;
        this.userAgent = userAgent;
        this.instanceKeyId = Addresses.keyId(addresses.instanceActor());
    }

    /// The instance actor's public key, made on first use.
    public byte[] instancePublicKey() {
        return signer.ensure(INSTANCE_KEY, KeyAlgorithm.RSA_2048);
    }

    /// Asks for a document as the instance actor.
    ///
    /// @throws OutboundHttp.OutboundException if there is no answer
    OutboundHttp.Answer get(URI uri) {
        var headers = signed("GET", uri, NOTHING, instanceKeyId, INSTANCE_KEY);
        headers.put("Accept", Vocabulary.ACCEPT);
        return http.send(OutboundHttp.Request.get(uri, headers));
    }

    /// Posts a document as one of our actors.
    ///
    /// @param keyRef what the signer calls the actor's key
    /// @throws OutboundHttp.OutboundException if there is no answer
    OutboundHttp.Answer post(URI uri, byte[] body, String keyId, String keyRef) {
        return post(uri, body, keyId, keyRef, Map.of());
    }

    /// The same with further headers, which are not signed.
    OutboundHttp.Answer post(URI uri, byte[] body, String keyId, String keyRef, Map<String, String> more) {
        var headers = signed("POST", uri, body, keyId, keyRef);
        headers.putAll(more);
        return http.send(OutboundHttp.Request.post(uri, headers, body));
    }

    /// Posts a document as the instance actor.
    ///
    /// @param more headers that are not signed
    /// @throws OutboundHttp.OutboundException if there is no answer
    OutboundHttp.Answer postAsInstance(URI uri, byte[] body, Map<String, String> more) {
        var headers = signed("POST", uri, body, instanceKeyId, INSTANCE_KEY);
        headers.putAll(more);
        return http.send(OutboundHttp.Request.post(uri, headers, body));
    }

    private Map<String, String> signed(String method, URI uri, byte[] body, String keyId, String keyRef) {
        var headers = new LinkedHashMap<>(CavageSignature.sign(
                method,
                uri,
                Vocabulary.ACTIVITY_JSON,
                body,
                keyId,
                clock.instant(),
                message -> signer.sign(keyRef, SignatureScheme.RSA_SHA256, message)));
        // The client writes it itself, from the same address.
        headers.remove("Host");
        headers.put("User-Agent", userAgent);
        return headers;
    }
}
