package dev.drawbridge.model.page;

/// Text of strangers without what cannot be seen, and without what turns the direction of a text: a name must not turn
/// around what stands beside it, which `bdi` alone does not prevent
/// ([Unicode TR36 §2.1](https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing)). What writing needs stays:
/// joiners, and marks that say which way the next letter goes.
public final class PlainText {
    private PlainText() {}

    /// A text without them.
    public static String of(String text) {
        return text.chars().anyMatch(PlainText::isHidden)
                ? text.codePoints()
                        .filter(c -> !isHidden(c))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    private static boolean isHidden(int c) {
        boolean turns = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        boolean nothing = c == 0x200b || c == 0x2060 || c == 0xfeff;
        boolean control = c < 0x20 && c != '\n' && c != '\r' && c != '\t' || c >= 0x7f && c < 0xa0;
        return turns || nothing || control;
    }
}
