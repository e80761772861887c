package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.RichText;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class HtmlWriterTest {
    private static final CopyIds IDS = new CopyIds("https://ap.bridge.example");
    private static final NativeId BOB = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/bob");

    private static String write(RichText text) {
        return HtmlWriter.write(text, (m, _) -> HtmlWriter.mention(m.actor().value(), "@bob@social.example"), IDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one | <p>one</p>",
                "one~two | <p>one<br />two</p>",
                "one~~two | <p>one</p><p>two</p>",
                "one~~~~two~three | <p>one</p><p>two<br />three</p>",
                "~~one~~ | <p>one</p>",
                "a < b & c > \"d\" | <p>a &lt; b &amp; c &gt; &quot;d&quot;</p>",
                "<script>alert(1)</script> | <p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            })
    void textBecomesParagraphs(String text, String html) {
        assertThat(write(RichText.plain(text.replace("~", "\n")))).isEqualTo(html);
    }

    @Test
    void nothingIsNothing() {
        assertThat(write(RichText.EMPTY)).isEmpty();
        assertThat(write(RichText.plain(" \n "))).isEmpty();
    }

    @Test
    void facetsAreMarkedAsMastodonMarksThem() {
        var text = new RichText(
                "@bob see https://x.example/?a&b #Über",
                List.of(
                        new Facet.Mention(0, 4, BOB),
                        new Facet.Link(9, 31, URI.create("https://x.example/?a&b")),
                        new Facet.Hashtag(32, 37, "Über")));
        assertThat(write(text))
                .isEqualTo("<p><span class=\"h-card\" translate=\"no\"><a href=\"https://social.example/users/bob\""
                        + " class=\"u-url mention\">@<span>bob</span></a></span> see <a"
                        + " href=\"https://x.example/?a&amp;b\" target=\"_blank\" rel=\"nofollow noopener\">"
                        + "https://x.example/?a&amp;b</a> <a href=\"https://ap.bridge.example/ap/tags/%C3%9Cber\""
                        + " class=\"mention hashtag\" rel=\"tag\">#<span>Über</span></a></p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "page"})
    void whatLeadsToNoPageIsNoLink(String target) {
        var text = new RichText("press me", List.of(new Facet.Link(0, 5, URI.create(target))));
        assertThat(write(text)).isEqualTo("<p>press me</p>");
    }

    @Test
    void aLinkOverSeveralParagraphsBecomesSeveralLinks() {
        var text = new RichText("a b\n\nc d", List.of(new Facet.Link(2, 6, URI.create("https://x.example/"))));
        String open = "<a href=\"https://x.example/\" target=\"_blank\" rel=\"nofollow noopener\">";
        assertThat(write(text)).isEqualTo("<p>a " + open + "b</a></p><p>" + open + "c</a> d</p>");
    }

    @Test
    void whateverIsWrittenIsWellFormedAndReadsBackTheSame() {
        var random = new Random(11);
        for (int i = 0; i < 500; i++) {
            RichText text = random(random);
            String html = write(text);
            assertThatCode(() -> parse(html)).as(html).doesNotThrowAnyException();
            RichText back = HtmlReader.read(html, NoteTags.NONE);
            assertThat(back.text()).as(html).isEqualTo(text.text());
        }
    }

    private static RichText random(Random random) {
        String[] words = {"one", "<two>", "&amp;", "🌉", "\"x\"", "drei", "#tag", "'"};
        var text = new StringBuilder();
        var facets = new ArrayList<Facet>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            int start = text.length();
            text.append(words[random.nextInt(words.length)]);
            if (random.nextInt(3) == 0) {
                facets.add(new Facet.Link(start, text.length(), URI.create("https://x.example/?a=1&b=" + i)));
            }
            if (i < count - 1) {
                text.append(new String[] {" ", "\n", "\n\n"}[random.nextInt(3)]);
            }
        }
        return new RichText(text.toString(), facets);
    }

    private static void parse(String html) throws Exception {
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<x>" + html + "</x>")));
    }
}
