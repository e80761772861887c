package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.HttpCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// The tokens of those who signed in here, in the form of the reference: one for two hours, and one to get the next
/// with, for ninety days or as long as they may sign in.
final class Tokens {
    static final Duration ACCESS = Duration.ofHours(2);
    static final Duration REFRESH = Duration.ofDays(90);

    private static final String KEY = "atproto:sessions";
    private static final String ACCESS_TYPE = "at+jwt";
    private static final String REFRESH_TYPE = "refresh+jwt";
    private static final String ACCESS_SCOPE = "com.atproto.access";
    private static final String REFRESH_SCOPE = "com.atproto.refresh";
    private static final String DEPARTURE = "departure";

    private final Signer signer;
    private final SignatureVerifier verifier;
    private final Did service;
    private final InstantSource clock;

    /// @param service this server
    Tokens(Signer signer, SignatureVerifier verifier, Did service, InstantSource clock) {
        this.signer = signer;
        this.verifier = verifier;
        this.service = service;
        this.clock = clock;
    }

    /// Who holds a token.
    ///
    /// @param id of a refresh token; empty for the other kind
    /// @param departure the id of what they signed in with
    record Holder(Did did, String id, String departure) {}

    String access(Did did, String departure) {
        key();
        DataMap claims =
                claims(ACCESS_SCOPE, did, ACCESS).put(DEPARTURE, departure).build();
        return Jwt.sign(ACCESS_TYPE, claims, signer, KEY);
    }

    String refresh(Did did, String departure, String id) {
        key();
        DataMap claims = claims(REFRESH_SCOPE, did, REFRESH)
                .put(DEPARTURE, departure)
                .put("jti", id)
                .build();
        return Jwt.sign(REFRESH_TYPE, claims, signer, KEY);
    }

    private DataMap.Builder claims(String scope, Did did, Duration good) {
        long now = clock.instant().getEpochSecond();
        return DataMap.builder()
                .put("scope", scope)
                .put("sub", did.value())
                .put("aud", service.value())
                .put("iat", now)
                .put("exp", now + good.toSeconds());
    }

    /// @throws XrpcError if a request does not carry a good access token
    Holder access(HttpCall call) {
        return holder(call, ACCESS_TYPE, ACCESS_SCOPE);
    }

    /// @throws XrpcError if a request does not carry a good refresh token
    Holder refresh(HttpCall call) {
        return holder(call, REFRESH_TYPE, REFRESH_SCOPE);
    }

    private Holder holder(HttpCall call, String type, String scope) {
        Jwt token = Jwt.read(bearer(call)).orElseThrow(Tokens::unverified);
        if (!token.isSignedBy(key(), verifier) || !token.claims().text("aud").equals(Optional.of(service.value()))) {
            throw unverified();
        }
        if (!clock.instant().isBefore(token.expires())) {
            throw new XrpcError(400, "ExpiredToken", "Token has expired");
        }
        if (!token.type().equals(Optional.of(type))
                || !token.claims().text("scope").equals(Optional.of(scope))) {
            throw new XrpcError(400, "InvalidToken", "Bad token scope");
        }
        Did did = token.claims().text("sub").flatMap(Did::tryParse).orElseThrow(Tokens::unverified);
        return new Holder(
                did,
                token.claims().text("jti").orElse(""),
                token.claims().text(DEPARTURE).orElse(""));
    }

    /// What a request carries to show who asks.
    ///
    /// @throws XrpcError if there is nothing, or something else
    static String bearer(HttpCall call) {
        String header = call.header("authorization")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(XrpcError::authenticationMissing);
        String[] parts = header.split("\\s+", 2);
        if (!parts[0].equalsIgnoreCase("bearer") || parts.length < 2) {
            throw new XrpcError(400, "InvalidToken", "Unexpected authorization type");
        }
        return parts[1];
    }

    private static XrpcError unverified() {
        return new XrpcError(400, "InvalidToken", "Token could not be verified");
    }

    private DidKey key() {
        return DidKey.of(DidKey.Curve.SECP256K1, signer.ensure(KEY, KeyAlgorithm.SECP256K1));
    }
}
