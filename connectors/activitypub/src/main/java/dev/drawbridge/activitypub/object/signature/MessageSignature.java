package dev.drawbridge.activitypub.object.signature;

import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Rejected;
import dev.drawbridge.activitypub.object.signature.StructuredFields.InnerList;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// HTTP message signatures, [RFC 9421](https://www.rfc-editor.org/rfc/rfc9421), as far as ActivityPub uses them: one
/// signature of a request, components without parameters, RSA.
final class MessageSignature {
    private static final Set<String> ALGORITHMS = Set.of("", "rsa-v1_5-sha256");

    private MessageSignature() {}

    static SignatureClaim read(SignedRequest request, Instant now) {
        var inputs =
                StructuredFields.dictionary(request.header("signature-input").orElse(""));
        var signatures = StructuredFields.dictionary(request.header("signature").orElse(""));
        for (var input : inputs.entrySet()) {
            var list = StructuredFields.innerList(input.getValue());
            String signature = signatures.getOrDefault(input.getKey(), "");
            if (list.isPresent() && list.get().parameters().containsKey("keyid") && !signature.isEmpty()) {
                return read(request, input.getValue(), list.get(), signature, now);
            }
        }
        return new Rejected("no signature with a keyid that can be read");
    }

    private static SignatureClaim read(
            SignedRequest request, String input, InnerList list, String signature, Instant now) {
        var objection = missing(request, list).or(() -> late(list, now));
        if (objection.isPresent()) {
            return new Rejected(objection.get());
        }
        var base = base(request, input, list.items());
        if (base.isEmpty()) {
            return new Rejected("a component that is signed is not there or not known: " + list.items());
        }
        return bytes(signature)
                .<SignatureClaim>map(
                        b -> new Claimed(list.parameters().getOrDefault("keyid", ""), List.of(base.get()), b))
                .orElseGet(() -> new Rejected("the signature is not a byte sequence"));
    }

    private static Optional<String> missing(SignedRequest request, InnerList list) {
        var items = list.items();
        String algorithm = list.parameters().getOrDefault("alg", "");
        if (!ALGORITHMS.contains(algorithm)) {
            return Optional.of("unknown signature algorithm " + algorithm);
        }
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
        var created = TimeWindow.epoch(list.parameters().getOrDefault("created", ""));
        if (created.isEmpty()) {
            return Optional.of("created has to be signed");
        }
        var expires = TimeWindow.epoch(list.parameters().getOrDefault("expires", ""));
        return TimeWindow.objection(created.get(), expires, now);
    }

    private static Optional<byte[]> base(SignedRequest request, String input, List<String> components) {
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
        base.append("\"@signature-params\": ").append(input);
        return Optional.of(base.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> component(SignedRequest request, String name) {
        return switch (name) {
            case "@method" -> Optional.of(request.method());
            case "@target-uri" -> Optional.of(request.uri().toString());
            case "@authority" ->
                Optional.ofNullable(request.uri().getRawAuthority()).map(a -> a.toLowerCase(Locale.ROOT));
            case "@scheme" -> Optional.ofNullable(request.uri().getScheme()).map(s -> s.toLowerCase(Locale.ROOT));
            case "@request-target" -> Optional.of(request.target());
            case "@path" -> Optional.of(request.path());
            case "@query" ->
                Optional.of(
                        "?" + Optional.ofNullable(request.uri().getRawQuery()).orElse(""));
            default -> name.startsWith("@") || name.contains(";") ? Optional.empty() : request.header(name);
        };
    }

    private static Optional<byte[]> bytes(String item) {
        if (item.length() < 2 || !item.startsWith(":") || !item.endsWith(":")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(item.substring(1, item.length() - 1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
