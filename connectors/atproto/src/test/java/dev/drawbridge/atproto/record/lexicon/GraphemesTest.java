package dev.drawbridge.atproto.record.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphemesTest {
    private static final String FAMILY = "👨‍👩‍👧‍👦";

    @Test
    void aFamilyIsOneGrapheme() {
        assertThat(Graphemes.count(FAMILY)).isEqualTo(1);
        assertThat(Graphemes.bytes(FAMILY)).isEqualTo(25);
    }

    @Test
    void flagsAccentsAndIndicClustersCountAsReadersSeeThem() {
        assertThat(Graphemes.count("🇩🇪🇫🇷")).isEqualTo(2);
        assertThat(Graphemes.count("e\u0301a")).isEqualTo(2);
        assertThat(Graphemes.count("क्षि")).isEqualTo(1);
    }

    @Test
    void aPrefixNeverSplitsAGrapheme() {
        String text = "a" + FAMILY + "b";
        assertThat(text.substring(0, Graphemes.prefix(text, 2, 3000))).isEqualTo("a" + FAMILY);
        assertThat(text.substring(0, Graphemes.prefix(text, 9, 25))).isEqualTo("a");
        assertThat(text.substring(0, Graphemes.prefix(text, 9, 3000))).isEqualTo(text);
    }

    @Test
    void bothLimitsCount() {
        assertThat(Graphemes.fits("é".repeat(300), 300, 600)).isTrue();
        assertThat(Graphemes.fits("é".repeat(301), 300, 3000)).isFalse();
        assertThat(Graphemes.fits("é".repeat(300), 300, 599)).isFalse();
    }

    @Test
    void whatUtf8CannotHoldIsReplacedInPlace() {
        assertThat(Graphemes.storable("a\uD83Db\u0000c😀\uDE00")).isEqualTo("a\uFFFDb\uFFFDc😀\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "é", "€", "👍", "👨‍👩‍👧‍👦", "\ud83d", "a\udc4d€"})
    void bytesAreThoseOfUtf8(String text) {
        assertThat(Graphemes.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
}
