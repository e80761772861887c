package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.object.signature.CavageSignature;
import dev.drawbridge.activitypub.object.signature.Generation;
import dev.drawbridge.activitypub.object.signature.MessageSignature;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Sends signed requests. Every one gets a signature of its own, made at the last moment.
public final class SignedHttp {
    /// What the signer calls the key of the instance actor.
    public static final String INSTANCE_KEY = "activitypub:instance";

    private static final byte[] NOTHING = new byte[0];
    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);
    private final OutboundHttp http;
    private final Signer signer;
    private final InstantSource clock;
    private final HostMemory hosts;
    private final String userAgent;
    private final String instanceKeyId;

    /// What this software calls itself to other servers.
    public static String userAgent(InstanceInfo instance) {
        return instance.software() + "/" + instance.version() + " (+" + instance.baseUrl() + "/)";
    }

    /// @param userAgent how we introduce ourselves
    public SignedHttp(
            OutboundHttp http,
            Signer signer,
            InstantSource clock,
            HostMemory hosts,
            String userAgent,
            Addresses addresses) {
        this.http = http;
        this.signer = signer;
        this.clock = clock;
        this.hosts = hosts;
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
        return knock(uri, generation -> {
            var headers = signed(generation, "GET", uri, NOTHING, instanceKeyId, INSTANCE_KEY);
            headers.put("Accept", Vocabulary.ACCEPT);
            return http.send(OutboundHttp.Request.get(uri, headers));
        });
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
        return post(sign(uri, body, keyId, keyRef), more);
    }

    /// A request that is signed already, the way its host is known to understand.
    ///
    /// @param at when
    record Signed(
            URI uri,
            byte[] body,
            String keyId,
            String keyRef,
            Generation generation,
            Map<String, String> headers,
            Instant at) {}

    /// Signs a document for an inbox, to be posted in a moment.
    Signed sign(URI uri, byte[] body, String keyId, String keyRef) {
        Generation generation = hosts.of(host(uri));
        var headers = signed(generation, "POST", uri, body, keyId, keyRef);
        return new Signed(uri, body, keyId, keyRef, generation, headers, clock.instant());
    }

    /// Posts what was signed, anew if that is a while ago: some servers take a signature for a minute only.
    OutboundHttp.Answer post(Signed ready, Map<String, String> more) {
        boolean fresh = clock.instant().isBefore(ready.at().plus(FRESH));
        return knock(ready.uri(), generation -> {
            var headers = fresh && generation == ready.generation()
                    ? new LinkedHashMap<>(ready.headers())
                    : signed(generation, "POST", ready.uri(), ready.body(), ready.keyId(), ready.keyRef());
            headers.putAll(more);
            return http.send(OutboundHttp.Request.post(ready.uri(), headers, ready.body()));
        });
    }

    /// Posts a document as the instance actor.
    ///
    /// @param more headers that are not signed
    /// @throws OutboundHttp.OutboundException if there is no answer
    OutboundHttp.Answer postAsInstance(URI uri, byte[] body, Map<String, String> more) {
        var headers = signed(Generation.CAVAGE, "POST", uri, body, instanceKeyId, INSTANCE_KEY);
        headers.putAll(more);
        return http.send(OutboundHttp.Request.post(uri, headers, body));
    }

    /// Signs the way the host is known to understand, and the other way once if that is refused.
    private OutboundHttp.Answer knock(URI uri, Function<Generation, OutboundHttp.Answer> send) {
        String host = host(uri);
        Generation first = hosts.of(host);
        var answer = send.apply(first);
        if (!REFUSALS.contains(answer.status()) || !hosts.mayKnockAgain(host)) {
            return answer;
        }
        var second = send.apply(first.other());
        if (second.status() >= 200 && second.status() < 300) {
            hosts.learn(host, first.other());
            return second;
        }
        hosts.refusedBoth(host);
        return answer;
    }

    private static String host(URI uri) {
        return uri.getRawAuthority().toLowerCase(Locale.ROOT);
    }

    private Map<String, String> signed(
            Generation generation, String method, URI uri, byte[] body, String keyId, String keyRef) {
        UnaryOperator<byte[]> sign = message -> signer.sign(keyRef, SignatureScheme.RSA_SHA256, message);
        var headers = new LinkedHashMap<>(
                switch (generation) {
                    case CAVAGE ->
                        CavageSignature.sign(method, uri, Vocabulary.ACTIVITY_JSON, body, keyId, clock.instant(), sign);
                    case RFC9421 ->
                        MessageSignature.sign(
                                method, uri, Vocabulary.ACTIVITY_JSON, body, keyId, clock.instant(), sign);
                });
        // The client writes it itself, from the same address.
        headers.remove("Host");
        headers.put("User-Agent", userAgent);
        return headers;
    }
}
