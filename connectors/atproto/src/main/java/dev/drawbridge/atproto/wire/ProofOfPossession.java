package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.jwt.CompactToken;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A key for one sign-in, and the proofs that a request comes from whoever holds it: what somebody overhears is of no
/// use to them. The key is never stored.
///
/// Spec: [RFC 9449](https://www.rfc-editor.org/rfc/rfc9449)
final class ProofOfPossession {
    /// Of a coordinate on P-256, in bytes.
    private static final int COORDINATE = 32;

    private static final int ID_BYTES = 16;

    private final KeyPair keys;
    private final RandomGenerator random;

    private ProofOfPossession(KeyPair keys, RandomGenerator random) {
        this.keys = keys;
        this.random = random;
    }

    /// @param random one that nobody can guess
    static ProofOfPossession make(RandomGenerator random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new ProofOfPossession(generator.generateKeyPair(), random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /// A proof for one request.
    ///
    /// @param nonce what the server last wanted to see in it
    String of(String method, URI place, Optional<String> nonce, Instant now) {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        DataMap jwk = DataMap.builder()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", coordinate(key.getW().getAffineX()))
                .put("y", coordinate(key.getW().getAffineY()))
                .build();
        DataMap header = DataMap.builder()
                .put("typ", "dpop+jwt")
                .put("alg", "ES256")
                .put("jwk", jwk)
                .build();
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        DataMap.Builder claims = DataMap.builder()
                .put("jti", CompactToken.text(id))
                .put("htm", method)
                .put("htu", place.getScheme() + "://" + place.getRawAuthority() + place.getRawPath())
                .put("iat", now.getEpochSecond());
        nonce.ifPresent(wanted -> claims.put("nonce", wanted));
        return CompactToken.of(header, claims.build(), this::sign);
    }

    private byte[] sign(byte[] message) {
        try {
            Signature ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");
            ecdsa.initSign(keys.getPrivate());
            ecdsa.update(message);
            return ecdsa.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("own key does not sign", e);
        }
    }

    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE - length, length);
        return CompactToken.text(fixed);
    }
}
