package dev.drawbridge.atproto.record.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.cbor.DataMap;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CompactTokenTest {
    /// Bytes that differ in both alphabets of Base64, and would be padded.
    private static final byte[] SIGNATURE = {(byte) 0xfb, (byte) 0xff};

    @Test
    void headerAndClaimsAreSignedAsTheyAreWritten() {
        var header = DataMap.builder().put("alg", "ES256K").put("typ", "JWT").build();
        var claims = DataMap.builder().put("iss", "did:web:a.test").build();
        String[] signed = {""};
        String token = CompactToken.of(header, claims, bytes -> {
            signed[0] = new String(bytes, StandardCharsets.US_ASCII);
            return SIGNATURE;
        });
        assertThat(signed[0]).isEqualTo("eyJhbGciOiJFUzI1NksiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJkaWQ6d2ViOmEudGVzdCJ9");
        assertThat(token).isEqualTo(signed[0] + ".-_8");
    }
}
