package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.jwt.CompactToken;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// A signed token ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)) with ECDSA
/// ([RFC 8812](https://www.rfc-editor.org/rfc/rfc8812)). Reading one does not check it.
///
/// @param signed the bytes that are signed
record Jwt(DataMap header, DataMap claims, byte[] signed, byte[] signature) {
    private static final int LONGEST = 8_192;
    private static final String ES256K = "ES256K";
    private static final String ES256 = "ES256";

    /// @param keyRef of a key on secp256k1
    static String sign(String type, DataMap claims, Signer signer, String keyRef) {
        DataMap header = DataMap.builder().put("typ", type).put("alg", ES256K).build();
        return CompactToken.of(header, claims, text -> signer.sign(keyRef, SignatureScheme.ECDSA_SECP256K1, text));
    }

    /// Empty if it is not of this form.
    static Optional<Jwt> read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Jwt(
                    DataJson.parse(decoded(parts[0])),
                    DataJson.parse(decoded(parts[1])),
                    (parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII),
                    decoded(parts[2])));
        } catch (MalformedData | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether it says that it is signed as this key signs, and is.
    boolean isSignedBy(DidKey key, SignatureVerifier verifier) {
        String algorithm = key.curve() == DidKey.Curve.SECP256K1 ? ES256K : ES256;
        return header.text("alg").equals(Optional.of(algorithm)) && key.verify(verifier, signed, signature);
    }

    Optional<String> type() {
        return header.text("typ");
    }

    /// When it ends; one without an end ended long ago.
    Instant expires() {
        return claims.integer("exp").stream()
                .filter(seconds -> seconds >= 0 && seconds <= Instant.MAX.getEpochSecond())
                .mapToObj(Instant::ofEpochSecond)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
