package dev.drawbridge.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Checks what a provider signed: an ID token, every point of
/// [OpenID Connect Core §3.1.3.7](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation), and that
/// somebody signed out there. Neither is taken for the other.
final class ProviderTokens {
    /// Signatures with a key pair only: what a provider publishes is no secret to sign with.
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private static final String SIGN_OUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration OLDEST = Duration.ofMinutes(10);
    /// The last second of the year 9999, in seconds since 1970.
    private static final long LATEST = 253_402_300_799L;
    private static final int LONGEST = 20_000;
    private static final int LEAST_BITS = 2048;

    private final OidcClient client;
    private final InstantSource clock;

    ProviderTokens(OidcClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /// The keys of the provider.
    interface Signers {
        /// Whether one of those that may have signed what has this header did.
        boolean any(JWSHeader header, Predicate<JWK> signed);
    }

    /// @return its claims
    /// @throws Refusal if anything is not right
    JsonNode check(String token, String nonce, Signers signers) {
        return check(Kind.ID, token, signers, claims -> {
            String authorized = claims.getStringClaim("azp");
            if (authorized != null && !authorized.equals(client.id())) {
                throw wrong("is for somebody else");
            }
            String said = claims.getStringClaim("nonce");
            if (said == null || !same(said, nonce)) {
                throw wrong("is the answer to another question");
            }
        });
    }

    /// Checks what a provider says when somebody signed out there, every point of
    /// [Back-Channel Logout §2.6](https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation) but for
    /// whether it was said before.
    ///
    /// @return its claims
    /// @throws Refusal if anything is not right
    JsonNode checkSignOut(String token, Signers signers) {
        return check(Kind.SIGN_OUT, token, signers, claims -> {
            if (claims.getClaim("nonce") != null) {
                throw wrong("is the answer to a question");
            }
            if (!(claims.getClaim("events") instanceof Map<?, ?> events)
                    || !(events.get(SIGN_OUT_EVENT) instanceof Map<?, ?>)) {
                throw wrong("does not say that somebody signed out");
            }
            String id = claims.getJWTID();
            if (id == null || id.isBlank()) {
                throw wrong("has no name of its own");
            }
        });
    }

    /// What a token is for.
    private enum Kind {
        ID(Set.of(JOSEObjectType.JWT)),
        /// Most providers give it no type of its own yet.
        SIGN_OUT(Set.of(JOSEObjectType.JWT, new JOSEObjectType("logout+jwt")));

        private final Set<JOSEObjectType> types;

        Kind(Set<JOSEObjectType> types) {
            this.types = types;
        }
    }

    /// What else a kind of token has to say.
    private interface Claims {
        void check(JWTClaimsSet claims) throws ParseException;
    }

    private JsonNode check(Kind kind, String token, Signers signers, Claims more) {
        if (token.length() > LONGEST) {
            throw wrong("is too long");
        }
        try {
            SignedJWT signed = SignedJWT.parse(token);
            header(signed.getHeader(), kind);
            if (!signers.any(signed.getHeader(), key -> signedWith(signed, key))) {
                throw wrong("is signed by none of the provider's keys");
            }
            claims(signed.getJWTClaimsSet());
            more.check(signed.getJWTClaimsSet());
            return JsonMapper.shared().readTree(signed.getPayload().toString());
        } catch (ParseException _) {
            throw wrong("cannot be read");
        }
    }

    private static void header(JWSHeader header, Kind kind) {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw wrong("is signed in a way that nobody takes here");
        }
        JOSEObjectType type = header.getType();
        if (type != null && !kind.types.contains(type)) {
            throw wrong("is for something else");
        }
    }

    private static boolean signedWith(SignedJWT signed, JWK key) {
        try {
            Optional<JWSVerifier> verifier = switch (key) {
                case RSAKey rsa when rsa.size() >= LEAST_BITS -> Optional.of(new RSASSAVerifier(rsa.toRSAPublicKey()));
                case ECKey ec -> Optional.of(new ECDSAVerifier(ec.toECPublicKey()));
                default -> Optional.empty();
            };
            return verifier.isPresent() && signed.verify(verifier.get());
        } catch (JOSEException e) {
            return false;
        }
    }

    private void claims(JWTClaimsSet claims) {
        if (!client.issuer().equals(claims.getIssuer())) {
            throw wrong("is of " + claims.getIssuer());
        }
        if (!List.of(client.id()).equals(claims.getAudience())) {
            throw wrong("is for somebody else");
        }
        Instant now = clock.instant();
        Instant issued = at(claims.getIssueTime(), "does not say since when it is good");
        if (!at(claims.getExpirationTime(), "does not say until when it is good")
                .isAfter(now.minus(SKEW))) {
            throw wrong("is not good any more");
        }
        Date before = claims.getNotBeforeTime();
        boolean early = before != null && before.toInstant().isAfter(now.plus(SKEW));
        if (early || issued.isAfter(now.plus(SKEW)) || issued.isBefore(now.minus(OLDEST))) {
            throw wrong("is not of now; whose clock is wrong?");
        }
    }

    /// When its person showed who they are (`auth_time`), as far as it says.
    static Optional<Instant> shown(JsonNode claims) {
        JsonNode time = claims.path("auth_time");
        return time.isIntegralNumber() && time.canConvertToLong()
                ? Optional.of(Instant.ofEpochSecond(Math.clamp(time.longValue(), 0, LATEST)))
                : Optional.empty();
    }

    private static Instant at(@Nullable Date date, String otherwise) {
        return Optional.ofNullable(date).map(Date::toInstant).orElseThrow(() -> wrong(otherwise));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal wrong(String what) {
        return new Refusal(Refusal.Why.WRONG, "the token " + what);
    }
}
