package dev.drawbridge.activitypub.object.signature;

import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Rejected;
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
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The HTTP signatures every server of the Fediverse speaks:
/// [draft-cavage-http-signatures-12](https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12).
public final class CavageSignature {
    private static final Pattern PARAMETER =
            Pattern.compile("(?<![A-Za-z])([A-Za-z]++)\\s*+=\\s*+(?:\"([^\"]*+)\"|([0-9.]++))");
    /// `hs2019` leaves the choice to the key.
    private static final Map<String, Optional<SignatureScheme>> ALGORITHMS = Map.of(
            "rsa-sha256", Optional.of(SignatureScheme.RSA_SHA256),
            "ed25519", Optional.of(SignatureScheme.ED25519),
            "hs2019", Optional.empty());
    private static final String TARGET = "(request-target)";

    private CavageSignature() {}

    /// The headers of a request signed now; the caller adds what it needs besides.
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
        headers.put("Host", uri.getRawAuthority());
        headers.put("Date", TimeWindow.httpDate(now));
        if (body.length > 0) {
            headers.put("Digest", Digests.digest(body));
            headers.put("Content-Type", contentType);
        }
        var lines = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> lines.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        var covered = new ArrayList<>(List.of(TARGET));
        covered.addAll(lines.keySet());
        var request = new SignedRequest(method, uri, lines, body);
        byte[] message = message(request, covered, request.target(), Map.of()).orElseThrow();
        String signature = Base64.getEncoder().encodeToString(signer.apply(message));
        headers.put(
                "Signature",
                "keyId=\"" + keyId + "\",algorithm=\"rsa-sha256\",headers=\"" + String.join(" ", covered)
                        + "\",signature=\"" + signature + '"');
        return headers;
    }

    static SignatureClaim read(SignedRequest request, Instant now) {
        var parameters = parameters(request.header("signature").orElse(""));
        String keyId = parameters.getOrDefault("keyId", "");
        if (keyId.isEmpty() || !parameters.containsKey("signature")) {
            return new Rejected("the Signature header needs keyId and signature");
        }
        var scheme =
                ALGORITHMS.get(parameters.getOrDefault("algorithm", "hs2019").toLowerCase(Locale.ROOT));
        if (scheme == null) {
            return new Rejected("unknown signature algorithm " + parameters.get("algorithm"));
        }
        List<String> covered = covered(parameters.getOrDefault("headers", "date"));
        var objection = missing(request, covered).or(() -> late(request, covered, parameters, now));
        if (objection.isPresent()) {
            return new Rejected(objection.get());
        }
        return claim(request, keyId, scheme, covered, parameters);
    }

    private static List<String> covered(String headers) {
        var names = new ArrayList<String>();
        for (String name : headers.toLowerCase(Locale.ROOT).split(" ")) {
            if (!name.isBlank()) {
                names.add(name);
            }
        }
        return names;
    }

    private static SignatureClaim claim(
            SignedRequest request,
            String keyId,
            Optional<SignatureScheme> scheme,
            List<String> covered,
            Map<String, String> parameters) {
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(parameters.getOrDefault("signature", ""));
        } catch (IllegalArgumentException _) {
            return new Rejected("the signature is not Base64");
        }
        var messages = new ArrayList<byte[]>();
        message(request, covered, request.target(), parameters).ifPresent(messages::add);
        if (!request.path().equals(request.target())) {
            // Some signers leave the query out of the target.
            message(request, covered, request.path(), parameters).ifPresent(messages::add);
        }
        return messages.isEmpty()
                ? new Rejected("a header that is signed is not there: " + String.join(" ", covered))
                : new Claimed(Generation.CAVAGE, keyId, scheme, messages, signature);
    }

    private static Optional<String> missing(SignedRequest request, List<String> covered) {
        if (!covered.contains("date") && !covered.contains("(created)")) {
            return Optional.of("date or (created) has to be signed");
        }
        if (!covered.contains(TARGET) && !covered.contains("digest")) {
            return Optional.of("(request-target) or digest has to be signed");
        }
        if (!covered.contains("host") && !request.hasBody()) {
            return Optional.of("host has to be signed");
        }
        if (!request.hasBody()) {
            return Optional.empty();
        }
        if (!covered.contains("digest")) {
            return Optional.of("digest has to be signed");
        }
        boolean fits = request.header("digest")
                .filter(d -> Digests.matches(d, request.body()))
                .isPresent();
        return fits ? Optional.empty() : Optional.of("the digest does not fit the body");
    }

    private static Optional<String> late(
            SignedRequest request, List<String> covered, Map<String, String> parameters, Instant now) {
        var created = covered.contains("(created)")
                ? TimeWindow.epoch(parameters.getOrDefault("created", ""))
                : request.header("date").flatMap(TimeWindow::httpDate);
        if (created.isEmpty()) {
            return Optional.of("no time that can be read");
        }
        var expires = covered.contains("(expires)")
                ? TimeWindow.epoch(parameters.getOrDefault("expires", ""))
                : Optional.<Instant>empty();
        return TimeWindow.objection(created.get(), expires, now);
    }

    private static Optional<byte[]> message(
            SignedRequest request, List<String> covered, String target, Map<String, String> parameters) {
        var text = new StringBuilder();
        for (String name : covered) {
            var value = switch (name) {
                case TARGET -> Optional.of(request.method().toLowerCase(Locale.ROOT) + " " + target);
                case "(created)" -> Optional.ofNullable(parameters.get("created"));
                case "(expires)" -> Optional.ofNullable(parameters.get("expires"));
                default -> request.header(name);
            };
            if (value.isEmpty()) {
                return Optional.empty();
            }
            text.append(text.isEmpty() ? "" : "\n").append(name).append(": ").append(value.get());
        }
        return Optional.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(String header) {
        var found = new LinkedHashMap<String, String>();
        var matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            found.putIfAbsent(matcher.group(1), quoted != null ? quoted : matcher.group(3));
        }
        return found;
    }
}
