package dev.drawbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
    private static final String KEY = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";

    @ParameterizedTest
    @ValueSource(
            strings = {KEY, "nostr:" + KEY, "https://viewer.example/" + KEY + "?x=1", "https://x.example/?key=" + KEY})
    void oneIsFoundWhereverItStands(String text) {
        assertThat(PrivateKeys.in(text)).isTrue();
        assertThat(PrivateKeys.in(text.toUpperCase(Locale.ROOT))).isTrue();
        assertThat(PrivateKeys.in(text.replace("nsec1", "ncryptsec1"))).isTrue();
        assertThat(PrivateKeys.in(URI.create(text.replace("nsec1", "%6Esec1")))).isTrue();
    }

    @Test
    void aLogSaysWhereAnAddressIsAndNoSecretInIt() {
        assertThat(PrivateKeys.place(URI.create("https://x.example:8080/a/b?token=7")))
                .isEqualTo("https://x.example:8080/a/b");
        assertThat(PrivateKeys.place(URI.create("https://" + KEY + ".x.example/a")))
                .isEqualTo("https://…");
        assertThat(PrivateKeys.place(URI.create("https://x.example/a?handle=" + KEY)))
                .isEqualTo("https://…");
    }

    @Test
    void aPieceIsOneIfItIsMoreThanAWordAndNothingAroundItHidesOne() {
        assertThat(PrivateKeys.in(KEY.substring(0, 25))).isTrue();
        assertThat(PrivateKeys.in(KEY.substring(0, 24))).isFalse();
        assertThat(PrivateKeys.in(KEY.substring(0, 24) + "b")).isFalse();
        assertThat(PrivateKeys.in("1nsec11".repeat(100) + KEY + "1")).isTrue();
        assertThat(PrivateKeys.in("sec1" + KEY.substring(5))).isFalse();
    }

    @Test
    void wordsAndPublicKeysAreNone() {
        for (String text : new String[] {
            "", "nsec1", "what is an nsec1 key?", KEY.replace("nsec", "npub"), "https://x.example/insec1/about"
        }) {
            assertThat(PrivateKeys.in(text)).as(text).isFalse();
        }
    }
}
