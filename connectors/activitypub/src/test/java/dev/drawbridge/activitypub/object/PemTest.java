package dev.drawbridge.activitypub.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PemTest {
    private static final byte[] KEY = new dev.drawbridge.activitypub.support.RemoteServer("a.example", "a")
            .keys
            .getPublic()
            .getEncoded();

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(Pem.read(Pem.write(KEY)))
                .hasValueSatisfying(k -> assertThat(k).isEqualTo(KEY));
        assertThat(Pem.write(KEY).lines().mapToInt(String::length).max()).hasValue(64);
    }

    @Test
    void whatSurroundsTheKeyDoesNotMatter() {
        String dirty = "garbage" + Pem.write(KEY).replace("\n", "\r\n") + "\u0000\u0001more";
        assertThat(Pem.read(dirty)).hasValueSatisfying(k -> assertThat(k).isEqualTo(KEY));
    }

    @Test
    void keysInPkcs1AreWrapped() {
        // What is inside the bit string of a 2048 bit key, which starts after 24 bytes.
        byte[] pkcs1 = Arrays.copyOfRange(KEY, 24, KEY.length);
        String pem = "-----BEGIN RSA PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pkcs1) + "\n-----END RSA PUBLIC KEY-----";
        assertThat(Pem.read(pem)).hasValueSatisfying(k -> assertThat(k).isEqualTo(KEY));
    }

    @Test
    void whatIsNoKeyIsEmpty() {
        assertThat(Pem.read("")).isEmpty();
        assertThat(Pem.read("-----BEGIN PUBLIC KEY-----")).isEmpty();
        assertThat(Pem.read("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"))
                .isEmpty();
        assertThat(Pem.read("-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----"))
                .isEmpty();
    }
}
