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
    void whatWritingNeedsStays() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        String persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645";
        String hebrew = "\u05e9\u05dc\u05d5\u05dd\u200f!\u200e";
        for (String text : new String[] {family, persian, hebrew, "a\n\tb\r\n", "", "plain"}) {
            assertThat(PlainText.of(text)).isEqualTo(text);
        }
        assertThat(PlainText.of(family + "\u202e")).isEqualTo(family);
    }
}
