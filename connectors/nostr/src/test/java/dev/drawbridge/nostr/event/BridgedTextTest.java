package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BridgedTextTest {
    @Test
    void takesOutWhatRelaysHashDifferently() {
        assertThat(BridgedText.clean("a\u0000b\u0007c\u001fd\u007fe\r\nf\tg")).isEqualTo("abcde\nf\tg");
    }

    @Test
    void takesOutHalvesOfSurrogatePairs() {
        assertThat(BridgedText.clean("a\ud83dx\udd25 \ud83d\udd25")).isEqualTo("ax \ud83d\udd25");
    }

    @Test
    void leavesEverythingElse() {
        String text = "žluť \u0085\u2028 🦩👩‍👩‍👧 עברית";
        assertThat(BridgedText.clean(text)).isEqualTo(text);
    }
}
