package dev.drawbridge.nostr.event;

/// Text from elsewhere, made such that every relay computes the same id.
public final class BridgedText {
    private BridgedText() {}

    /// Takes out control characters (all of C0 but line feed and tab, and U+007F, which some relays escape before
    /// they hash) and halves of surrogate pairs. A carriage return before a line feed goes with them.
    public static String clean(String text) {
        if (text.chars().noneMatch(c -> isControl(c) || Character.isSurrogate((char) c))) {
            return text;
        }
        var out = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !isControl(c) && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean isControl(int c) {
        return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    }
}
