package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Block;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArticleReaderTest {
    private static ArticleBody read(String html) {
        return ArticleReader.read(html, NoteTags.NONE, new ArrayList<>());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ul><ul><li>a</li><li>b</li></ul></ul>",
                "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>",
                "<ul>directly in it</ul>",
                "<ul><div>a</div><p>b</p></ul>",
                "<ol><p>before</p><li>a</li></ol>",
                "<ul>before <b>bold</b><li>a</li></ul>",
                "<ul><li>a</li> after <a href='https://x.example/'>link</a><li>b</li></ul>",
                "<ul><li>a</li><span>inline</span></ul>",
                "<ul><li></li><li>a</li></ul>",
                "<ol><li>a<pre>x\n\ny</pre></li></ol>",
                "<p>a<br><br>b<br>c</p>",
            })
    void noWordIsLost(String html) {
        assertThat(words(read(html).plain().text()))
                .isEqualTo(words(HtmlReader.read(html, NoteTags.NONE).text()))
                .isNotEmpty();
    }

    /// Without white space and what stands before items.
    private static String words(String text) {
        return text.replaceAll("\\s+|•|[0-9]+\\.", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<ul>before<li>a</li>after</ul> | • before~• a~after",
                "a<br><br>b<br><br><br>c<br>d | a~~b~~c~d",
                "<pre>a\\n\\n  b\\n\\n\\nc</pre>d | a~~  b~~~c~~d",
                "<p class=invisible>no</p><div class=quote-inline>no</div><ul><li class=invisible>no</ul>a | a",
                "<h1>a<br><br>b</h1>c | a~b~~c",
                "<b>a<br><br>b</b><br>c | a~b~c",
            })
    void htmlBecomesTheTextAReaderSees(String html, String text) {
        assertThat(read(html.replace("\\n", "\n")).plain().text()).isEqualTo(text.replace("~", "\n"));
    }

    @Test
    void twoLineBreaksEndAParagraph() {
        assertThat(read("<p>a<br><br>b<br>c<br><br></p>").blocks())
                .hasSize(2)
                .allSatisfy(block -> assertThat(block).isInstanceOf(Block.Paragraph.class));
    }
}
