package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReaderTest {
    private static final String ZOE = "https://bridge.example/ap/actors/zoe.site.example";
    private static final NoteTags TAGS = new NoteTags(
            List.of(
                    new NoteTags.Mention(ZOE, "@zoe.site.example@bridge.example"),
                    new NoteTags.Mention("https://social.example/users/bob", "@bob")),
            List.of("rust", "größe"));

    private static RichText read(String html) {
        return HtmlReader.read(html, TAGS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p>one</p><p>two</p> | one~~two",
                "one<br>two<br/>three | one~two~three",
                "a<br><br>b<br><br><br>c | a~~b~~c",
                "<p>  much \\n\\t white   space </p> | much white space",
                "hi <br> :fox: | hi~:fox:",
                "<p>a</p>\\n\\n<p>b</p>\\n | a~~b",
                "<ul><li>a</li><li>b</li></ul>after | • a~• b~~after",
                "<ol><li>a</li><li><p>b</p></li></ol> | 1. a~2. b",
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul> | • a~• b~• c",
                "<blockquote><p>said</p><p>more</p></blockquote><p>mine</p> | > said~~> more~~mine",
                "<pre>a  b\\n  c</pre>d | a  b~  c~~d",
                "<h1>Title</h1>text | Title~~text",
                "<b>bold</b><i>er</i> x<em>y</em>z | bolder xyz",
                "a<script>alert(1)</script>b<style>p{}</style>c | abc",
                "a<iframe>x</iframe><!-- no --><svg><text>x</text></svg>b | ab",
                "&lt;b&gt; &amp;amp; &quot; | <b> &amp; \"",
                "<img alt=':fox:' src='x'> jumps | :fox: jumps",
                "<p><i>hello</i><span class='quote-inline'><br><br>RE: <a href='https://x.example/1'>x</a></span></p>"
                        + " | hello",
                "<unknown>kept</unknown> | kept",
                "plain text | plain text",
                "<li>stray | stray",
                "</p></ul></li>broken<ul><li>a | broken~~• a",
            })
    void htmlBecomesTheTextAReaderSees(String html, String text) {
        assertThat(read(html.replace("\\n", "\n").replace("\\t", "\t")).text()).isEqualTo(text.replace("~", "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<p></p>", "<br><br>", "<p> <b> </b></p>", "<a href='https://x.example/'></a>"})
    void nothingVisibleIsNothing(String html) {
        assertThat(read(html)).isEqualTo(RichText.EMPTY);
    }

    @Test
    void formThatPlainTextCannotShowIsALossToldOnce() {
        List<Loss> losses = new ArrayList<>();
        String html =
                "<h2>Hi</h2><p>a <b>b</b> <strong>c</strong> <b>d</b></p><iframe src=\"https://x.example/\"></iframe>";
        assertThat(HtmlReader.read(html, NoteTags.NONE, losses).text()).isEqualTo("Hi\n\na b c d");
        assertThat(losses).containsExactly(new Loss("form", "the text goes without h2, b, strong, iframe"));
        List<Loss> none = new ArrayList<>();
        HtmlReader.read("<p>a <a href=\"https://x.example/\">b</a></p><ul><li>c</li></ul>", NoteTags.NONE, none);
        assertThat(none).isEmpty();
    }

    @Test
    void linksKeepWhatTheyShowAndWhereTheyGo() {
        RichText text = read("see <a href=\"https://site.example/a?b=1&amp;c=2\">my site</a>.");
        assertThat(text.text()).isEqualTo("see my site.");
        assertThat(text.facets()).containsExactly(new Facet.Link(4, 11, URI.create("https://site.example/a?b=1&c=2")));
    }

    @Test
    void shortenedLinksShowWhatMastodonShows() {
        RichText text = read("<a href=\"https://www.site.example/a/very/long/path\"><span"
                + " class=\"invisible\">https://www.</span><span"
                + " class=\"ellipsis\">site.example/a/very</span><span class=\"invisible\">/long/path</span></a>");
        assertThat(text.text()).isEqualTo("site.example/a/very…");
        assertThat(text.facets())
                .containsExactly(new Facet.Link(0, 20, URI.create("https://www.site.example/a/very/long/path")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "mailto:a@b.example", "", "data:text/html,x", "/relative", "https://"})
    void otherLinksAreText(String href) {
        RichText text = read("<a href=\"" + href + "\">click</a>");
        assertThat(text).isEqualTo(RichText.plain("click"));
    }

    @Test
    void mentionsAreFoundByIdPageOrName() {
        for (String href : List.of(ZOE, "https://bridge.example/@zoe.site.example")) {
            RichText text = read("<span class=\"h-card\"><a href=\"" + href
                    + "\" class=\"u-url mention\">@<span>zoe.site.example</span></a></span> hi");
            assertThat(text.text()).isEqualTo("@zoe.site.example@bridge.example hi");
            assertThat(text.facets()).containsExactly(new Facet.Mention(0, 32, CopyIds.id(ZOE)));
        }
    }

    @Test
    void aMentionWithoutHostGetsThatOfItsPerson() {
        RichText text = read("<a class=\"mention\" href=\"https://social.example/@bob\">@bob</a>");
        assertThat(text.text()).isEqualTo("@bob@social.example");
    }

    @Test
    void aLinkThatOnlyLooksLikeAMentionIsALink() {
        RichText text = read("<a class=\"mention\" href=\"https://evil.example/@eve\">@eve</a>");
        assertThat(text.facets()).containsExactly(new Facet.Link(0, 4, URI.create("https://evil.example/@eve")));
    }

    @Test
    void peopleOfTheSameNameAreToldApartByHost() {
        var tags = new NoteTags(
                List.of(
                        new NoteTags.Mention("https://a.example/users/bob", "@bob@a.example"),
                        new NoteTags.Mention("https://b.example/users/bob", "@bob@b.example")),
                List.of());
        RichText text = HtmlReader.read("<a class=\"mention\" href=\"https://b.example/@bob\">@bob</a>", tags);
        assertThat(text.facets())
                .first()
                .isEqualTo(new Facet.Mention(0, 14, CopyIds.id("https://b.example/users/bob")));
        RichText unknown = HtmlReader.read("<a class=\"mention\" href=\"https://c.example/@bob\">@bob</a>", tags);
        assertThat(unknown.facets()).first().isInstanceOf(Facet.Link.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href='https://s.example/tags/Rust' class='mention hashtag' rel='tag'>#<span>Rust</span></a>",
                "<a href='https://s.example/tags/Rust'>#Rust</a>",
                "<a href='https://s.example/tags/Rust' rel='tag'>#Rust</a>",
            })
    void hashtagsAreFoundByTagOrClass(String html) {
        RichText text = read("x " + html + " y");
        assertThat(text.text()).isEqualTo("x #Rust y");
        assertThat(text.facets()).containsExactly(new Facet.Hashtag(2, 7, "Rust"));
    }

    @Test
    void aLinkToANumberIsNoHashtag() {
        assertThat(read("<a href=\"https://git.example/7\">#7</a>").facets())
                .first()
                .isInstanceOf(Facet.Link.class);
    }

    @Test
    void spaceAroundLinksStaysOutsideOfThem() {
        RichText text = read("a<a href=\"https://x.example/\"> b </a>c");
        assertThat(text.text()).isEqualTo("a b c");
        assertThat(text.span(text.facets().getFirst())).isEqualTo("b");
    }

    @Test
    void charactersOutsideTheFirstPlaneCountTwice() {
        RichText text = read("🌉 <a href=\"https://x.example/\">🌉x</a>");
        assertThat(text.facets().getFirst()).isEqualTo(new Facet.Link(3, 6, URI.create("https://x.example/")));
    }

    @Test
    void aHundredThousandOpenTagsAreNoProblem() {
        assertThat(read("<b>".repeat(100_000) + "deep").text()).isEqualTo("deep");
        assertThat(read("<blockquote>".repeat(2_000) + "deep").text()).endsWith("deep");
    }

    @Test
    void noHtmlIsTooStrange() {
        var random = new Random(7);
        String[] parts = {
            "<p>", "</p>", "<br>", "<a href='https://x.example/'>", "</a>", "<ul>", "</ul>", "<ol>", "<li>", "</li>",
            "<blockquote>", "</blockquote>", "<pre>", "</pre>", " ", "\n", "word", "#Rust", "@bob", "🌉",
            "<span class='ellipsis'>", "</span>", "<span class='invisible'>", "<table><tr><td>", "&amp;", "<", ">",
                    "&#0;"
        };
        for (int i = 0; i < 3_000; i++) {
            var html = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                html.append(parts[random.nextInt(parts.length)]);
            }
            RichText text = read(html.toString());
            assertThat(text.text())
                    .as(html.toString())
                    .doesNotContain("\n\n\n")
                    .doesNotStartWith("\n")
                    .doesNotEndWith("\n");
        }
    }

    @Test
    void aShortDocumentDoesNotBecomeALongText() {
        String quotes = "<blockquote>".repeat(500) + "x<br>".repeat(50_000);
        assertThat(read(quotes).text()).hasSizeLessThan(1_000_000);
        var endless = Documents.parse("{\"tag\":{\"type\":\"Mention\",\"href\":\"https://a.example/b\",\"name\":\"@b@"
                        + "x".repeat(10_000) + "\"}}")
                .found()
                .orElseThrow();
        String anchors = "<a href=\"https://a.example/b\">@b</a>".repeat(10);
        assertThat(HtmlReader.read(anchors, NoteTags.of(endless)).text()).isEqualTo("@b@a.example".repeat(10));
    }
}
