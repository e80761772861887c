package dev.drawbridge.atproto.record.syntax;

/// Character rules that several grammars share. Only ASCII counts, whatever the locale.
final class Ascii {
    private static final int MAX_LABEL = 63;
    private static final int SHOWN = 80;

    private Ascii() {}

    interface CharRule {
        boolean accepts(char c);
    }

    static boolean all(String text, CharRule rule) {
        for (int i = 0; i < text.length(); i++) {
            if (!rule.accepts(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlphanumeric(char c) {
        return isLetter(c) || isDigit(c);
    }

    /// A DNS label: 1 to 63 letters, digits and inner hyphens.
    static boolean isLabel(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LABEL
                && text.charAt(0) != '-'
                && text.charAt(text.length() - 1) != '-'
                && all(text, c -> isAlphanumeric(c) || c == '-');
    }

    /// The text as an error message may carry it: short, and without control characters.
    static String shown(String text) {
        String head = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return '"' + head.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
