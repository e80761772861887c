package dev.drawbridge.atproto.record.cbor;

import dev.drawbridge.atproto.record.MalformedData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text to bytes and back, refusing what Java would silently replace.
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /// @throws IllegalArgumentException if half of a surrogate pair is missing
    static void requireWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair) {
                throw new IllegalArgumentException("unpaired surrogate at " + i);
            }
            i++;
        }
    }

    /// @throws MalformedData if the bytes are not UTF-8
    static String decode(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        // Only a text with the replacement character can hide an error, and few have one.
        if (text.indexOf(REPLACEMENT) >= 0) {
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, bytes, from, from + length)) {
                throw new MalformedData("text is not UTF-8");
            }
        }
        return text;
    }
}
