package dev.drawbridge.atproto.record.mst;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What the tree asks of its keys.
///
/// Spec: [MST structure](https://atproto.com/specs/repository#mst-structure)
public final class MstKeys {
    private static final int MAX_LENGTH = 1024;

    private MstKeys() {}

    /// The layer a key belongs to: pairs of zero bits in front of its SHA-256. A quarter of the keys of one layer reach
    /// the next.
    public static int height(String key) {
        byte[] hash = sha256(key.getBytes(StandardCharsets.UTF_8));
        int bits = 0;
        for (byte b : hash) {
            if (b != 0) {
                return (bits + Integer.numberOfLeadingZeros(b & 255) - 24) / 2;
            }
            bits += 8;
        }
        return bits / 2;
    }

    /// True for two non-empty parts of `A-Z a-z 0-9 . _ : ~ -` around one slash, 1024 characters at most.
    public static boolean isValid(String key) {
        int slashes = 0;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '/') {
                slashes++;
            } else if (!isPart(c)) {
                return false;
            }
        }
        return slashes == 1 && key.length() <= MAX_LENGTH && !key.startsWith("/") && !key.endsWith("/");
    }

    /// How many bytes two keys have in common at their start.
    public static int commonPrefix(String left, String right) {
        int end = Math.min(left.length(), right.length());
        int i = 0;
        while (i < end && left.charAt(i) == right.charAt(i)) {
            i++;
        }
        return i;
    }

    private static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || "._:~-".indexOf(c) >= 0;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
