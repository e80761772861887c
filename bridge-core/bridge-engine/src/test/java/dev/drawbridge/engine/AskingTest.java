package dev.drawbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskingTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://social.example/users/nora", "https://social.example/@nora"})
    void anAddressThatOnlySaysWhereSomebodyIsIsShown(String page) {
        assertThat(Asking.isPlain(page)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://social.example/users/nora?buy=coins",
                "https://social.example/users/nora#buy-coins",
                "https://social.example/users/buy coins",
                "https://social.example/{0}",
                "https://social.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void anAddressThatCouldSayMoreIsNot(String page) {
        assertThat(Asking.isPlain(page)).isFalse();
    }
}
