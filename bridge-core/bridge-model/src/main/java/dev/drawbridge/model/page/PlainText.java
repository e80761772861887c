package dev.drawbridge.model.page;

/// Text of strangers without what cannot be seen, and without what turns the direction of a text: a name must not turn
/// around what stands beside it, which `bdi` alone does not prevent
/// ([Unicode TR36 §2.1](https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing)). What writing needs stays:
/// joiners, marks that say which way the next letter goes, and as many marks on one letter as any language puts there:
/// more of them only pile up over what stands above and below.
public final class PlainText {
    /// Tibetan, Burmese and pointed Hebrew have up to five on one letter.
    private static final int MOST_MARKS = 8;

    private PlainText() {}

    /// A text without them.
    public static String of(String text) {
        var plain = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (isHidden(c)) {
                continue;
            }
            marks = isMark(c) ? marks + 1 : 0;
            if (marks <= MOST_MARKS) {
                plain.appendCodePoint(c);
            }
        }
        return plain.length() == text.length() ? text : plain.toString();
    }

    private static boolean isMark(int c) {
        return c >= 0x300
                && switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
                    default -> false;
                };
    }

    private static boolean isHidden(int c) {
        boolean turns = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        boolean nothing = c == 0x200b || c == 0x2060 || c == 0xfeff;
        boolean control = c < 0x20 && c != '\n' && c != '\r' && c != '\t' || c >= 0x7f && c < 0xa0;
        return turns || nothing || control;
    }
}
