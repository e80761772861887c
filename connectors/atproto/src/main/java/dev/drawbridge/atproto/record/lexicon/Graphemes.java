package dev.drawbridge.atproto.record.lexicon;

import java.text.BreakIterator;
import java.util.Locale;

/// Text as the lexicons measure it: in extended grapheme clusters (Unicode UAX #29) and in UTF-8 bytes.
public final class Graphemes {
    private Graphemes() {}

    /// How many characters a reader sees.
    public static int count(String text) {
        BreakIterator breaks = breaksOf(text);
        int count = 0;
        while (breaks.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }

    /// How many bytes it has in UTF-8; a lone surrogate counts as `?`, which it would become.
    public static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += Character.isSurrogate(c) ? 1 : 3;
            }
        }
        return bytes;
    }

    public static boolean fits(String text, int maxGraphemes, int maxBytes) {
        int bytes = bytes(text);
        return bytes <= maxBytes && (bytes <= maxGraphemes || count(text) <= maxGraphemes);
    }

    /// The longest prefix of whole graphemes within both limits.
    ///
    /// @return its length in UTF-16 code units
    public static int prefix(String text, int maxGraphemes, int maxBytes) {
        BreakIterator breaks = breaksOf(text);
        int end = 0;
        int graphemes = 0;
        int bytes = 0;
        for (int next = breaks.next(); next != BreakIterator.DONE; next = breaks.next()) {
            bytes += bytes(text.substring(end, next));
            if (++graphemes > maxGraphemes || bytes > maxBytes) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /// The text without what records must not hold: lone surrogates have no UTF-8 form, and U+0000 is refused by the
    /// databases of consumers. Both become U+FFFD, so that positions stay.
    public static String storable(String text) {
        int first = unstorable(text, 0);
        if (first == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        for (int at = first; at < text.length(); at = unstorable(text, at + 1)) {
            out.setCharAt(at, '\uFFFD');
        }
        return out.toString();
    }

    /// Where the next code unit is that no record must hold; the length of the text if there is none.
    private static int unstorable(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c) || c == 0) {
                return i;
            }
        }
        return text.length();
    }

    private static BreakIterator breaksOf(String text) {
        BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
        breaks.setText(text);
        return breaks;
    }
}
