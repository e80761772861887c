package dev.drawbridge.activitypub.object.signature;

import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Rejected;
import dev.drawbridge.activitypub.object.signature.StructuredValue.Bare;
import dev.drawbridge.activitypub.object.signature.StructuredValue.InnerList;
import dev.drawbridge.activitypub.object.signature.StructuredValue.Item;
import dev.drawbridge.model.port.SignatureScheme;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// HTTP message signatures, [RFC 9421](https://www.rfc-editor.org/rfc/rfc9421), as far as ActivityPub uses them:
/// signatures of requests, components without parameters, RSA (PKCS#1 v1.5, SHA-256) and Ed25519.
public final class MessageSignature {
    private static final Map<String, Optional<SignatureScheme>> ALGORITHMS = Map.of(
            "", Optional.empty(),
            "rsa-v1_5-sha256", Optional.of(SignatureScheme.RSA_SHA256),
            "ed25519", Optional.of(SignatureScheme.ED25519));
    private static final String LABEL = "sig1";

    private MessageSignature() {}

    /// The headers of a request signed now; the caller adds what it needs besides, `Host` among it.
    ///
    /// @param keyId what the other side fetches to check
    /// @param signer signs bytes with RSA (PKCS#1 v1.5) and SHA-256
    public static Map<String, String> sign(
            String method,
            URI uri,
            String contentType,
            byte[] body,
            String keyId,
            Instant now,
            UnaryOperator<byte[]> signer) {
        var headers = new LinkedHashMap<String, String>();
        var components = new ArrayList<>(List.of("@method", "@target-uri", "@authority"));
        if (body.length > 0) {
            headers.put("Content-Digest", Digests.contentDigest(body));
            headers.put("Content-Type", contentType);
            components.addAll(List.of("content-digest", "content-type"));
        }
        var parameters = new LinkedHashMap<String, Bare>();
        parameters.put("created", new Bare.Whole(now.getEpochSecond()));
        parameters.put("keyid", new Bare.Text(keyId));
        parameters.put("alg", new Bare.Text("rsa-v1_5-sha256"));
        var covered = new InnerList(
                components.stream()
                        .map(c -> new Item(new Bare.Text(c), Map.of()))
                        .toList(),
                parameters);
        var lines = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> lines.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        byte[] base = base(new SignedRequest(method, uri, lines, body), covered.write(), components)
                .orElseThrow();
        headers.put("Signature-Input", LABEL + "=" + covered.write());
        headers.put("Signature", LABEL + "=:" + Base64.getEncoder().encodeToString(signer.apply(base)) + ":");
        return headers;
    }

    /// Of several signatures the first that holds what a signature has to hold.
    static SignatureClaim read(SignedRequest request, Instant now) {
        var inputs =
                StructuredFields.dictionary(request.header("signature-input").orElse(""));
        var signatures = StructuredFields.dictionary(request.header("signature").orElse(""));
        if (inputs.isEmpty() || signatures.isEmpty()) {
            return new Rejected("Signature-Input and Signature have to be dictionaries");
        }
        SignatureClaim first = new Rejected("no signature with a keyid that can be read");
        boolean judged = false;
        for (var input : inputs.get().entrySet()) {
            var signature =
                    Optional.ofNullable(signatures.get().get(input.getKey())).flatMap(StructuredFields::bytes);
            if (signature.isEmpty()
                    || !(input.getValue() instanceof InnerList list)
                    || list.text("keyid").isEmpty()) {
                continue;
            }
            var claim = read(request, list, signature.get(), now);
            if (claim instanceof Claimed) {
                return claim;
            }
            first = judged ? first : claim;
            judged = true;
        }
        return first;
    }

    private static SignatureClaim read(SignedRequest request, InnerList list, byte[] signature, Instant now) {
        var scheme = ALGORITHMS.get(list.text("alg").orElse(""));
        if (scheme == null) {
            return new Rejected(
                    "unknown signature algorithm " + list.text("alg").orElse(""));
        }
        var components = components(list);
        if (components.isEmpty()) {
            return new Rejected("a component that is signed is not known: " + list.write());
        }
        var objection = missing(request, components.get()).or(() -> late(list, now));
        if (objection.isPresent()) {
            return new Rejected(objection.get());
        }
        return base(request, list.write(), components.get())
                .<SignatureClaim>map(base -> new Claimed(
                        Generation.RFC9421, list.text("keyid").orElseThrow(), scheme, List.of(base), signature))
                .orElseGet(() -> new Rejected("a component that is signed is not there or not known: " + list.write()));
    }

    /// The names of the components; empty if one is no name, or has parameters, none of which means anything here.
    private static Optional<List<String>> components(InnerList list) {
        var names = list.items().stream()
                .filter(i -> i.parameters().isEmpty())
                .flatMap(i -> i.bare() instanceof Bare.Text(String name) ? Optional.of(name).stream() : Stream.empty())
                .toList();
        return names.size() == list.items().size() ? Optional.of(names) : Optional.empty();
    }

    private static Optional<String> missing(SignedRequest request, List<String> items) {
        if (items.size() != Set.copyOf(items).size()) {
            return Optional.of("a component is signed twice");
        }
        boolean target = items.contains("@target-uri")
                || (items.contains("@authority") && (items.contains("@path") || items.contains("@request-target")));
        if (!items.contains("@method") || !target) {
            return Optional.of("@method and @target-uri have to be signed");
        }
        if (!request.hasBody()) {
            return Optional.empty();
        }
        if (!items.contains("content-digest")) {
            return Optional.of("content-digest has to be signed");
        }
        boolean fits = request.header("content-digest")
                .filter(d -> Digests.contentMatches(d, request.body()))
                .isPresent();
        return fits ? Optional.empty() : Optional.of("the content-digest does not fit the body");
    }

    private static Optional<String> late(InnerList list, Instant now) {
        return list.whole("created")
                .map(created -> TimeWindow.objection(
                        Instant.ofEpochSecond(created), list.whole("expires").map(Instant::ofEpochSecond), now))
                .orElseGet(() -> Optional.of("created has to be signed"));
    }

    private static Optional<byte[]> base(SignedRequest request, String parameters, List<String> components) {
        var base = new StringBuilder();
        for (String component : components) {
            var value = component(request, component);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            base.append('"')
                    .append(component)
                    .append("\": ")
                    .append(value.get())
                    .append('\n');
        }
        base.append("\"@signature-params\": ").append(parameters);
        return Optional.of(base.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// RFC 9421 §2.2 for names with an `@`, §2.1 for headers.
    private static Optional<String> component(SignedRequest request, String name) {
        return switch (name) {
            case "@method" -> Optional.of(request.method());
            case "@target-uri" -> Optional.of(request.uri().toString());
            case "@authority" -> Optional.of(request.authority());
            case "@scheme" -> Optional.ofNullable(request.uri().getScheme()).map(s -> s.toLowerCase(Locale.ROOT));
            case "@request-target" -> Optional.of(request.target());
            case "@path" -> Optional.of(request.path());
            case "@query" ->
                Optional.of(
                        "?" + Optional.ofNullable(request.uri().getRawQuery()).orElse(""));
            default -> name.startsWith("@") ? Optional.empty() : request.header(name);
        };
    }
}
