package dev.drawbridge.nostr.event;

import java.util.HexFormat;

/// Lower-case hexadecimal, the only form NIP-01 knows.
final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    static String of(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /// @throws IllegalArgumentException if it is not hexadecimal
    static byte[] bytes(String hex) {
        return FORMAT.parseHex(hex);
    }

    /// Whether `text` is `length` characters of lower-case hexadecimal.
    static boolean is(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
