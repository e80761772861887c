package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTextTest {
    @Test
    void linksAreLinksAndSignsGo() {
        var text = read(
                "# Title\r\n\r\n**bold** [site](https://s.example/) \\*star\\*\r\n\r\n\r\n\r\nhttps://t.example/.");
        assertThat(text.text()).isEqualTo("Title\n\nbold site *star*\n\nhttps://t.example/.");
        assertThat(text.facets().stream().map(f -> text.span(f) + " " + ((Facet.Link) f).target()))
                .containsExactly("site https://s.example/", "https://t.example/ https://t.example/");
    }

    @Test
    void whatIsNotALinkStaysText() {
        assertThat(read("[x](javascript:alert) [y](").text()).isEqualTo("x [y](");
        assertThat(read("[x](javascript:alert)").facets()).isEmpty();
    }

    @Test
    void plainTextKeepsItsSigns() {
        var text = MarkdownText.linked("**a** # b https://c.example", new ArrayList<>());
        assertThat(text.text()).isEqualTo("**a** # b https://c.example");
        assertThat(text.facets()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[a](", "**", "https://", "\\", "[]()", "# "})
    void nonsenseTakesNoTime(String piece) {
        String text = piece.repeat(200_000 / piece.length());
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(read(text)).isNotNull());
    }

    private static RichText read(String markdown) {
        return MarkdownText.read(markdown, new ArrayList<>()).plain();
    }
}
