package dev.drawbridge.atproto.record.jwt;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/// Writes signed tokens as text
/// ([RFC 7515 §7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1)): header, claims and signature.
public final class CompactToken {
    private CompactToken() {}

    /// @param header says with `alg` how the signature is made
    /// @param signature of the bytes it is given
    public static String of(DataMap header, DataMap claims, UnaryOperator<byte[]> signature) {
        String signed = json(header) + '.' + json(claims);
        return signed + '.' + text(signature.apply(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /// Bytes in Base64url without padding, as everything in tokens is.
    public static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String json(DataMap map) {
        return text(DataJson.write(map).getBytes(StandardCharsets.UTF_8));
    }
}
