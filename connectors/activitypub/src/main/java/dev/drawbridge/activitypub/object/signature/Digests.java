package dev.drawbridge.activitypub.object.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Digests of bodies: `Digest` (RFC 3230) beside draft-cavage, `Content-Digest` (RFC 9530) beside RFC 9421.
public final class Digests {
    private static final Map<String, String> ALGORITHMS = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    private Digests() {}

    /// The value of a `Digest` header. Threads refuses the algorithm in lower case.
    public static String digest(byte[] body) {
        return "SHA-256=" + Base64.getEncoder().encodeToString(hash("SHA-256", body));
    }

    /// The value of a `Content-Digest` header.
    public static String contentDigest(byte[] body) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(hash("SHA-256", body)) + ":";
    }

    /// Whether a `Digest` header names at least one digest we know, and every one we know fits.
    static boolean matches(String header, byte[] body) {
        boolean seen = false;
        for (String part : header.split(",")) {
            String[] pair = part.strip().split("=", 2);
            var algorithm = Optional.ofNullable(ALGORITHMS.get(pair[0].toLowerCase(Locale.ROOT)));
            if (algorithm.isEmpty() || pair.length < 2) {
                continue;
            }
            if (!fits(pair[1], algorithm.get(), body)) {
                return false;
            }
            seen = true;
        }
        return seen;
    }

    /// The same for `Content-Digest`.
    static boolean contentMatches(String header, byte[] body) {
        boolean seen = false;
        for (var entry : StructuredFields.dictionary(header).orElse(Map.of()).entrySet()) {
            var algorithm = Optional.ofNullable(ALGORITHMS.get(entry.getKey()));
            if (algorithm.isEmpty()) {
                continue;
            }
            var digest = StructuredFields.bytes(entry.getValue());
            if (digest.filter(d -> MessageDigest.isEqual(d, hash(algorithm.get(), body)))
                    .isEmpty()) {
                return false;
            }
            seen = true;
        }
        return seen;
    }

    private static boolean fits(String base64, String algorithm, byte[] body) {
        try {
            return MessageDigest.isEqual(Base64.getDecoder().decode(base64.strip()), hash(algorithm, body));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static byte[] hash(String algorithm, byte[] body) {
        try {
            return MessageDigest.getInstance(algorithm).digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "every JDK has " + Arrays.toString(ALGORITHMS.values().toArray()), e);
        }
    }
}
