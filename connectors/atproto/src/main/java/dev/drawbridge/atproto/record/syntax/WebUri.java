package dev.drawbridge.atproto.record.syntax;

import java.nio.charset.StandardCharsets;

/// Addresses of any scheme, as records hold them: a scheme, a colon, and something without spaces, up to 8 KiB.
///
/// Spec: [uri](https://atproto.com/specs/lexicon#uri)
public final class WebUri {
    private static final int MAX_BYTES = 8192;
    private static final int MAX_SCHEME = 81;

    private WebUri() {}

    public static boolean hasSyntax(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon > MAX_SCHEME || colon == text.length() - 1 || !isScheme(text.substring(0, colon))) {
            return false;
        }
        return !hasSpace(text)
                && (text.length() <= MAX_BYTES / 3 || text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES);
    }

    private static boolean hasSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7F || (c > 0x7F && (Character.isWhitespace(c) || Character.isSpaceChar(c)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isScheme(String text) {
        return Ascii.isLetter(text.charAt(0))
                && Ascii.all(text, c -> Ascii.isLetter(c) || Ascii.isDigit(c) || c == '+' || c == '.' || c == '-');
    }
}
