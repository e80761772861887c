package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A PDS and the server that asks its people, as strict as the reference: it takes pushed requests only, with PKCE and
/// a proof of the same key each time, in which it wants to see its latest word.
final class AskingPds {
    static final String PDS = "https://pds.example";
    static final String ISSUER = "https://entry.example";

    /// What it says of itself; tests change it.
    final Map<String, Object> resource = new HashMap<>();

    final Map<String, Object> server = new HashMap<>();

    /// Who said yes, in the answers for tokens.
    String subject;

    String scope = "atproto";
    int status = 200;
    boolean revoked;
    final List<String> trouble = new ArrayList<>();

    private final Map<String, Map<String, String>> pushed = new HashMap<>();
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private Optional<DataMap> key = Optional.empty();
    private int nonce;

    AskingPds(String subject) {
        this.subject = subject;
        resource.put("resource", PDS);
        resource.put("authorization_servers", List.of(ISSUER));
        server.put("issuer", ISSUER);
        server.put("pushed_authorization_request_endpoint", ISSUER + "/oauth/par");
        server.put("authorization_endpoint", ISSUER + "/oauth/authorize");
        server.put("token_endpoint", ISSUER + "/oauth/token");
        server.put("revocation_endpoint", ISSUER + "/oauth/revoke");
        server.put("scopes_supported", List.of("atproto", "transition:generic"));
        server.put("dpop_signing_alg_values_supported", List.of("ES256", "ES256K"));
        server.put("code_challenge_methods_supported", List.of("S256"));
        server.put("client_id_metadata_document_supported", true);
        server.put("authorization_response_iss_parameter_supported", true);
    }

    Optional<Answer> answer(Request request) {
        String at = request.uri().toString();
        if (at.equals(PDS + "/.well-known/oauth-protected-resource")) {
            return Optional.of(json(request.uri(), status, resource));
        }
        if (!at.startsWith(ISSUER)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (request.uri().getPath()) {
                    case "/.well-known/oauth-authorization-server" -> json(request.uri(), status, server);
                    case "/oauth/par" -> proven(request, fields -> push(request, fields));
                    case "/oauth/token" -> proven(request, fields -> token(request, fields));
                    case "/oauth/revoke" ->
                        proven(request, fields -> {
                            revoked = "secret-token".equals(fields.get("token"));
                            return json(request.uri(), 200, Map.of());
                        });
                    default -> json(request.uri(), 404, Map.of());
                });
    }

    /// What somebody who says yes is sent back with.
    Map<String, String> agree(URI page) {
        Map<String, String> shown = form(page.getRawQuery());
        Map<String, String> asked =
                Optional.ofNullable(pushed.remove(shown.get("request_uri"))).orElseThrow();
        if (!asked.getOrDefault("client_id", "").equals(shown.get("client_id"))) {
            throw new AssertionError("asked by another client than it was pushed by");
        }
        codes.put("code-1", asked);
        return Map.of("iss", ISSUER, "state", asked.getOrDefault("state", ""), "code", "code-1");
    }

    /// What was pushed for a page.
    Map<String, String> asked(URI page) {
        return Optional.ofNullable(pushed.get(form(page.getRawQuery()).get("request_uri")))
                .orElseThrow();
    }

    private Answer push(Request request, Map<String, String> fields) {
        pushed.put("urn:request:1", fields);
        return json(request.uri(), 201, Map.of("request_uri", "urn:request:1", "expires_in", 300));
    }

    private Answer token(Request request, Map<String, String> fields) {
        Optional<Map<String, String>> asked = Optional.ofNullable(codes.remove(fields.getOrDefault("code", "")));
        boolean same = asked.filter(
                        a -> digest(fields.getOrDefault("code_verifier", "")).equals(a.get("code_challenge"))
                                && a.getOrDefault("redirect_uri", "").equals(fields.get("redirect_uri"))
                                && a.getOrDefault("client_id", "").equals(fields.get("client_id")))
                .isPresent();
        return same
                ? json(
                        request.uri(),
                        200,
                        Map.of("access_token", "secret-token", "token_type", "DPoP", "sub", subject, "scope", scope))
                : json(request.uri(), 400, Map.of("error", "invalid_grant"));
    }

    private interface Step {
        Answer with(Map<String, String> fields);
    }

    private Answer proven(Request request, Step step) {
        if (status >= 500) {
            return json(request.uri(), status, Map.of());
        }
        String[] proof = request.headers().getOrDefault("dpop", "..").split("\\.", -1);
        DataMap header = DataJson.parse(Base64.getUrlDecoder().decode(proof[0]));
        DataMap claims = DataJson.parse(Base64.getUrlDecoder().decode(proof[1]));
        String wanted = "nonce-" + nonce;
        nonce++;
        boolean sound = header.text("typ").equals(Optional.of("dpop+jwt"))
                && header.text("alg").equals(Optional.of("ES256"))
                && signed(header.map("jwk").orElseThrow(), proof)
                && claims.text("htm").equals(Optional.of(request.method()))
                && claims.text("htu").equals(Optional.of(request.uri().toString()))
                && ids.add(claims.text("jti").orElseThrow())
                && key.or(() -> header.map("jwk")).equals(header.map("jwk"));
        key = header.map("jwk");
        if (!sound) {
            trouble.add("an unsound proof for " + request.uri());
            return json(request.uri(), 400, Map.of("error", "invalid_dpop_proof"));
        }
        Answer answer = claims.text("nonce").equals(Optional.of(wanted))
                ? step.with(form(new String(request.body(), StandardCharsets.US_ASCII)))
                : json(request.uri(), 401, Map.of("error", "use_dpop_nonce"));
        return new Answer(
                answer.status(), Map.of("dpop-nonce", List.of("nonce-" + nonce)), answer.body(), answer.uri());
    }

    private static boolean signed(DataMap jwk, String[] proof) {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            PublicKey key = KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(
                            new ECPoint(number(jwk, "x"), number(jwk, "y")),
                            parameters.getParameterSpec(ECParameterSpec.class)));
            Signature ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");
            ecdsa.initVerify(key);
            ecdsa.update((proof[0] + '.' + proof[1]).getBytes(StandardCharsets.US_ASCII));
            return ecdsa.verify(Base64.getUrlDecoder().decode(proof[2]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger number(DataMap jwk, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.text(name).orElseThrow()));
    }

    private static String digest(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(decoded(parts[0]), decoded(parts[1]));
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Answer json(URI at, int status, Map<String, Object> body) {
        return new Answer(
                status,
                Map.of(),
                tools.jackson.databind.json.JsonMapper.shared().writeValueAsBytes(body),
                at);
    }
}
