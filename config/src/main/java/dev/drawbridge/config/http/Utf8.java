package dev.drawbridge.config.http;

/// Lengths in UTF-8 without encoding.
final class Utf8 {
    private Utf8() {}

    static long length(CharSequence text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                // Two surrogates make one code point of four bytes.
                length += 2;
            } else {
                length += 3;
            }
        }
        return length;
    }
}
