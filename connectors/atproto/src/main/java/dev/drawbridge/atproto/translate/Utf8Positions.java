package dev.drawbridge.atproto.translate;

import java.util.OptionalInt;

/// Positions in one text, as UTF-8 bytes (AT Protocol facets) and as UTF-16 code units (ours).
///
/// @see <a href="https://docs.bsky.app/docs/advanced-guides/post-richtext">app.bsky.richtext.facet</a>
final class Utf8Positions {
    /// Byte position of every code unit, and of the end; -1 inside a surrogate pair.
    private final int[] byteAt;

    Utf8Positions(String text) {
        byteAt = new int[text.length() + 1];
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            byteAt[i] = bytes;
            if (Character.charCount(point) == 2) {
                byteAt[i + 1] = -1;
            }
            bytes += width(point);
            i += Character.charCount(point);
        }
        byteAt[text.length()] = bytes;
    }

    /// The byte position of a code unit; -1 between the two halves of a character.
    int toByte(int unit) {
        return byteAt[unit];
    }

    /// The code unit at a byte position; empty inside a character or outside the text.
    OptionalInt toUnit(long position) {
        int low = 0;
        int high = byteAt.length - 1;
        if (position < 0 || position > byteAt[high]) {
            return OptionalInt.empty();
        }
        while (low <= high) {
            int mid = (low + high) >>> 1;
            int at = byteAt[mid] < 0 ? mid - 1 : mid;
            if (byteAt[at] == position) {
                return OptionalInt.of(at);
            }
            if (byteAt[at] < position) {
                low = mid + 1;
            } else {
                high = at - 1;
            }
        }
        return OptionalInt.empty();
    }

    private static int width(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }
}
