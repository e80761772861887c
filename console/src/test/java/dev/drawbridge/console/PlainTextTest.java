package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.page.PlainText;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void whatTurnsATextOrCannotBeSeenIsTakenOut() {
        assertThat(PlainText.of("a\u202eb\u2066c\u2069d\u202ae\u200bf\u2060g\ufeffh\u0000i\u0085j\u007f"))
                .isEqualTo("abcdefghij");
    }

    @Test
    void marksDoNotPileUp() {
        String piled = "Z" + "\u0335\u0322\u0489".repeat(50) + "a" + "\u0e47".repeat(300) + "\u0e01";
        assertThat(PlainText.of(piled))
                .isEqualTo("Z\u0335\u0322\u0489\u0335\u0322\u0489\u0335\u0322a" + "\u0e47".repeat(8) + "\u0e01");
        String hidden = "e" + "\u0301\u200b".repeat(20);
        assertThat(PlainText.of(hidden)).isEqualTo("e" + "\u0301".repeat(8));
    }

    @Test
    void whatWritingNeedsStays() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        String persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645";
        String hebrew = "\u05e9\u05dc\u05d5\u05dd\u200f!\u200e";
        String pointed = "\u05e9\u05c1\u05bc\u05b8\u0591\u05bd\u05dc\u05b9\u05d5\u05dd";
        String stacked = "\u0f66\u0f92\u0fb2\u0f74\u0f56\u0f0b";
        String burmese = "\u1000\u103b\u103c\u103d\u103e\u102f\u1036\u1037";
        for (String text : new String[] {
            pointed, stacked, burmese, "\ud835\udd4f\u0301", family, persian, hebrew, "a\n\tb\r\n", "", "plain"
        }) {
            assertThat(PlainText.of(text)).isEqualTo(text);
        }
        assertThat(PlainText.of(family + "\u202e")).isEqualTo(family);
    }
}
