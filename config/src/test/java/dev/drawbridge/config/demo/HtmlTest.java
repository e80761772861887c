package dev.drawbridge.config.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void hashtagsAndAddressesBecomeLinksAndTheRestIsEscaped() {
        assertThat(Html.of("1 < 2 #tide https://a.example/?x=1&y=2.", "http://here/tags/"))
                .isEqualTo("<p>1 &lt; 2 <a href=\"http://here/tags/tide\" class=\"mention hashtag\" rel=\"tag\">"
                        + "#<span>tide</span></a> <a href=\"https://a.example/?x=1&amp;y=2\""
                        + " rel=\"nofollow noopener\">https://a.example/?x=1&amp;y=2</a>.</p>");
    }

    @Test
    void markupGoesAndTheTextStays() {
        assertThat(Html.plain("<p>One<br/>two</p><p>&lt;three&gt; &amp;amp;</p>"))
                .isEqualTo("One\ntwo\n\n<three> &amp;");
    }

    @Test
    void aHashInsideAnAddressIsNoHashtag() {
        assertThat(Span.in("https://a.example/#top and a#b, #c."))
                .extracting(Span::text)
                .containsExactly("https://a.example/#top", "#c");
    }
}
