package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.page.PageLanguage;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageLanguageTest {
    @Test
    void whatIsAskedForComesFirst() {
        assertThat(PageLanguage.of(Optional.of("en"), Optional.of("fr"), Optional.of("fr")))
                .isEqualTo(Locale.ENGLISH);
        assertThat(PageLanguage.of(Optional.empty(), Optional.of("fr"), Optional.of("en")))
                .isEqualTo(Locale.FRENCH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        fr-CA,fr;q=0.9,en;q=0.8 | fr
        de,fr;q=0.5,en;q=0.1    | fr
        en-GB                   | en
        de                      | en
        *                       | en
        """)
    void theBrowserMaySay(String header, String language) {
        assertThat(PageLanguage.of(Optional.empty(), Optional.empty(), Optional.of(header)))
                .isEqualTo(Locale.of(language));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";;;", "fr;q=9", "\r\nSet-Cookie: a=b", "../../etc"})
    void nonsenseIsEnglish(String nonsense) {
        var said = Optional.of(nonsense);
        assertThat(PageLanguage.of(said, said, said)).isEqualTo(Locale.ENGLISH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FR", "fr-", "fr_FR", " fr"})
    void whatIsAskedForIsOneOfTheTags(String almost) {
        assertThat(PageLanguage.of(Optional.of(almost), Optional.of(almost), Optional.empty()))
                .isEqualTo(Locale.ENGLISH);
    }

    @Test
    void anEndlessHeaderIsNotRead() {
        assertThat(PageLanguage.of(Optional.empty(), Optional.empty(), Optional.of("fr," + "de,".repeat(10_000))))
                .isEqualTo(Locale.ENGLISH);
    }
}
