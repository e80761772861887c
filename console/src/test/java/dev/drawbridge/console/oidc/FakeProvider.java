package dev.drawbridge.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.drawbridge.model.port.OutboundHttp;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// A provider in memory. It does what the standard says, or whatever a test wants instead.
public final class FakeProvider implements OutboundHttp {
    public static final String ISSUER = "https://login.example/realms/home";
    public static final String CLIENT = "drawbridge";
    public static final String SECRET = "s3cret: of/the client";

    private static final RSAKey RSA = rsa("one");

    /// What it says about itself, to be changed.
    public final Map<String, Object> metadata = new LinkedHashMap<>(Map.of(
            "issuer", ISSUER,
            "authorization_endpoint", ISSUER + "/authorize",
            "token_endpoint", ISSUER + "/token",
            "jwks_uri", ISSUER + "/keys",
            "userinfo_endpoint", ISSUER + "/me",
            "code_challenge_methods_supported", List.of("S256")));

    /// What it says about who signs in, in the ID token and when asked.
    public final Map<String, Object> inToken = new HashMap<>(Map.of("sub", "248289761001"));

    public final Map<String, Object> whenAsked = new HashMap<>(Map.of("sub", "248289761001"));
    /// Changes the claims before they are signed.
    public Consumer<JWTClaimsSet.Builder> claims = _ -> {};
    /// How a token is signed.
    public Signing signing = Signing.RS256;
    /// Whether it says when somebody showed who they are, to who asks for that claim; they just did.
    public boolean saysWhen;

    public boolean away;
    /// Whether it does not say its keys.
    public boolean keysAway;
    /// Keys that it says beside its own.
    public final List<Map<String, Object>> strangeKeys = new ArrayList<>();
    /// What happens before it describes itself.
    public Runnable described = () -> {};
    /// What was asked of it: paths.
    public final List<String> asked = new ArrayList<>();
    /// What clients showed at the token endpoint.
    public final List<String> shown = new ArrayList<>();

    private final InstantSource clock;
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final Set<String> tokens = new HashSet<>();
    private JWK key = RSA;
    private List<JWK> published = List.of(RSA);

    /// Ways to sign.
    public enum Signing {
        RS256,
        NONE,
        HS256_WITH_THE_PUBLIC_KEY,
        OTHER_KEY,
        OTHER_TYPE
    }

    public FakeProvider(InstantSource clock) {
        this.clock = clock;
    }

    private static RSAKey rsa(String name) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(name)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// From now on it signs with another key.
    ///
    /// @param told whether others can read it
    public void rotate(boolean told) {
        try {
            ECKey fresh = new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            key = fresh;
            published = told ? List.of(RSA, fresh) : published;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// From now on it signs with another key, which has no name, and says no other.
    public void rotateNameless() {
        try {
            key = new ECKeyGenerator(Curve.P_256).generate();
            published = List.of(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Somebody says yes.
    ///
    /// @param page where they were sent
    /// @return what goes back with them
    public Map<String, String> saysYes(URI page) {
        Map<String, String> question = fields(page.getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, question);
        return new HashMap<>(Map.of("code", code, "state", question.get("state")));
    }

    public static Map<String, String> fields(String text) {
        var fields = new LinkedHashMap<String, String>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Override
    public Answer send(Request request) {
        String path = request.uri().getPath().replace("/realms/home", "");
        asked.add(path);
        if (away) {
            throw new OutboundException(Failure.TIMEOUT, "no answer");
        }
        if (!request.uri().toString().startsWith(ISSUER)) {
            throw new AssertionError("asked of " + request.uri());
        }
        return switch (path) {
            case "/.well-known/openid-configuration" -> {
                described.run();
                yield answer(request, 200, metadata);
            }
            case "/keys" -> keys(request);
            case "/token" -> token(request);
            case "/me" -> {
                String bearer =
                        request.headers().getOrDefault("authorization", "").replaceFirst("^Bearer ", "");
                yield tokens.contains(bearer)
                        ? answer(request, 200, whenAsked)
                        : answer(request, 401, Map.of("error", "invalid_token"));
            }
            default -> answer(request, 404, Map.of());
        };
    }

    private Answer keys(Request request) {
        if (keysAway) {
            return answer(request, 503, Map.of());
        }
        var all = new ArrayList<>(strangeKeys);
        published.forEach(one -> all.add(one.toPublicJWK().toJSONObject()));
        return answer(request, 200, Map.of("keys", all));
    }

    private Answer token(Request request) {
        Map<String, String> form = fields(new String(request.body(), StandardCharsets.UTF_8));
        shown.add(request.headers().getOrDefault("authorization", "") + form.getOrDefault("client_secret", ""));
        Map<String, String> question = codes.remove(form.getOrDefault("code", ""));
        boolean right = question != null
                && question.get("redirect_uri").equals(form.get("redirect_uri"))
                && question.get("code_challenge").equals(challenge(form.get("code_verifier")));
        if (!right) {
            return answer(request, 400, Map.of("error", "invalid_grant", "error_description", "<b>no"));
        }
        String access = UUID.randomUUID().toString();
        tokens.add(access);
        return answer(
                request, 200, Map.of("access_token", access, "token_type", "Bearer", "id_token", idToken(question)));
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String idToken(Map<String, String> question) {
        var builder = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(CLIENT)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))))
                .claim("nonce", question.get("nonce"));
        if (saysWhen && asksWhen(question)) {
            builder.claim("auth_time", clock.instant().getEpochSecond());
        }
        inToken.forEach(builder::claim);
        claims.accept(builder);
        return signed(builder.build());
    }

    /// [OpenID Connect Core §5.5](https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter).
    private static boolean asksWhen(Map<String, String> question) {
        return JsonMapper.shared()
                .readTree(question.getOrDefault("claims", "{}"))
                .path("id_token")
                .path("auth_time")
                .path("essential")
                .asBoolean(false);
    }

    private String signed(JWTClaimsSet all) {
        try {
            return switch (signing) {
                case NONE -> new PlainJWT(all).serialize();
                case HS256_WITH_THE_PUBLIC_KEY ->
                    signed(
                            new JWSHeader.Builder(JWSAlgorithm.HS256)
                                    .keyID("one")
                                    .build(),
                            all,
                            new MACSigner(RSA.toRSAPublicKey().getEncoded()));
                case OTHER_KEY -> signed(header(JWSAlgorithm.RS256, "one"), all, new RSASSASigner(rsa("one")));
                case OTHER_TYPE ->
                    signed(
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .type(new JOSEObjectType("logout+jwt"))
                                    .keyID("one")
                                    .build(),
                            all,
                            new RSASSASigner(RSA));
                case RS256 ->
                    key instanceof ECKey ec
                            ? signed(header(JWSAlgorithm.ES256, ec.getKeyID()), all, new ECDSASigner(ec))
                            : signed(header(JWSAlgorithm.RS256, "one"), all, new RSASSASigner(RSA));
            };
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What it says of who signed out there.
    ///
    /// @param change of what would be right: the claims, signed as [#signing] says
    public String signsOut(Consumer<JWTClaimsSet.Builder> change) {
        var builder = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(CLIENT)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(2))))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        change.accept(builder);
        return signed(builder.build());
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String key) {
        return new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(key)
                .build();
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static Answer answer(Request request, int status, Map<String, ?> body) {
        return new Answer(status, Map.of(), JsonMapper.shared().writeValueAsBytes(body), request.uri());
    }
}
