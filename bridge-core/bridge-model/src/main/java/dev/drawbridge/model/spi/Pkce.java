package dev.drawbridge.model.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// What binds the answer of a server to whoever asked it
/// ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636), method `S256`).
///
/// @param verifier kept until the answer is exchanged, and then shown to the server
/// @param challenge its digest, which goes along with the question
public record Pkce(String verifier, String challenge) {
    private static final int BYTES = 32;

    /// @param random one that nobody can guess
    public static Pkce make(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String verifier = text(bytes);
        return new Pkce(verifier, text(digest(verifier)));
    }

    private static byte[] digest(String verifier) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
