package dev.drawbridge.feed.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Feeds that are meant to do harm, and what is no feed.
class HostileFeedTest {
    private static final URI ADDRESS = URI.create("https://news.example/rss.xml");

    private static Feed read(String document) {
        return FeedReader.read(document.getBytes(StandardCharsets.UTF_8), Optional.empty(), ADDRESS);
    }

    private static String rss(String items) {
        return "<rss version='2.0'><channel><title>t</title>" + items + "</channel></rss>";
    }

    @Test
    void entitiesOfTheDocumentAreNotReadFromFilesNorFromTheNetwork() {
        Feed feed = read("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"inside\">]>"
                + rss("<item><title>a&x;b&y;c</title><guid>1</guid></item>"));
        assertThat(feed.entries().getFirst().title()).isEqualTo("abc");
    }

    @Test
    void aDocumentTypeElsewhereIsNotFetched() {
        Feed feed = read("<!DOCTYPE rss SYSTEM \"http://127.0.0.1:1/x.dtd\">" + rss("<item><title>a</title></item>"));
        assertThat(feed.entries()).hasSize(1);
    }

    @Test
    void entitiesThatMultiplyStaySmall() {
        var document = new StringBuilder("<!DOCTYPE rss [<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            document.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        Feed feed = read(document.append("]>")
                .append(rss("<item><title>x&a11;</title></item>"))
                .toString());
        assertThat(feed.entries().getFirst().title()).isEqualTo("x");
    }

    @Test
    void tooDeepAndTooManyElementsAreRefused() {
        assertThatExceptionOfType(BadFeed.class)
                .isThrownBy(() -> read("<rss>" + "<a>".repeat(5_000) + "</a>".repeat(5_000) + "</rss>"));
        assertThatExceptionOfType(BadFeed.class)
                .isThrownBy(() -> read(rss("<a/>".repeat(200_001))))
                .withMessageContaining("too many");
        assertThatExceptionOfType(BadFeed.class).isThrownBy(() -> read("{\"a\":".repeat(5_000)));
    }

    @Test
    void ofMoreThanAThousandEntriesTheFirstThousandAreRead() {
        var items = new StringBuilder();
        for (int i = 0; i < 1_200; i++) {
            items.append("<item><guid>").append(i).append("</guid><title>t</title></item>");
        }
        assertThat(read(rss(items.toString())).entries())
                .hasSize(1_000)
                .last()
                .extracting(Entry::id)
                .isEqualTo("999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   \n ",
                "hello",
                "<html><body>Not found</body></html>",
                "<rss version='2.0'/>",
                "<feed/>",
                "{}",
                "[1]",
                "{\"version\":\"https://example.org/1\"}",
                "<rss><channel><item></rss>",
                "<rss><channel>\u0000</channel></rss>",
                "\u0089PNG\r\n"
            })
    void whatIsNoFeedIsRefusedWithASentence(String document) {
        assertThatExceptionOfType(BadFeed.class)
                .isThrownBy(() -> read(document))
                .withMessageMatching("(is|has) [A-Za-z, 0-9]+");
    }

    @Test
    void scriptsAndAddressesThatRunAreCutOut() {
        String html = "&lt;p onclick=\"x()\"&gt;hi &lt;a href=\"javascript:x()\"&gt;there&lt;/a&gt;&lt;img"
                + " src=\"data:x\"&gt;&lt;script&gt;x()&lt;/script&gt;&lt;iframe"
                + " src=\"https://x.example\"&gt;&lt;/iframe&gt;&lt;/p&gt;";
        Feed feed = read(rss("<item><link>javascript:x()</link><description>" + html
                + "</description><enclosure url='file:///etc/passwd' type='image/png'/></item>"));
        Entry entry = feed.entries().getFirst();
        assertThat(entry.html())
                .doesNotContain("javascript", "script", "onclick", "data:", "iframe")
                .contains("hi", "there");
        assertThat(entry.link()).isEmpty();
        assertThat(entry.files()).isEmpty();
    }

    @Test
    void aTextThatIsTooLongToBeOneIsLeftOutAndShowsThatItWasThere() {
        Feed feed = read(rss("<item><title>t</title><description>" + "x".repeat(300_001) + "</description></item>"));
        assertThat(feed.entries().getFirst().html()).isEqualTo(Html.TOO_LONG);
    }

    @Test
    void theServersCharsetCountsAndAnUnknownOneDoesNot() {
        byte[] latin = rss("<item><title>caf\u00e9</title></item>").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(FeedReader.read(latin, Optional.of("text/xml; charset=iso-8859-1"), ADDRESS)
                        .entries()
                        .getFirst()
                        .title())
                .isEqualTo("café");
        assertThatExceptionOfType(BadFeed.class)
                .isThrownBy(() -> FeedReader.read(latin, Optional.of("text/xml; charset=nonsense"), ADDRESS));
        byte[] marked = ("\ufeff" + rss("<item><title>café</title></item>")).getBytes(StandardCharsets.UTF_16BE);
        assertThat(FeedReader.read(marked, Optional.of("text/xml; charset=utf-8"), ADDRESS)
                        .entries())
                .hasSize(1);
    }

    @Test
    void anEntryIsCalledByItsGuidElseItsPageElseWhatItSays() {
        Feed feed = read(rss("<item><guid> g </guid><link>/1</link></item><item><link>/2</link></item>"
                + "<item><description>words</description></item><item><guid>g</guid><title>again</title></item>"
                + "<item><guid>" + "l".repeat(5_000) + "</guid><title>long</title></item>"));
        List<String> ids = feed.entries().stream().map(Entry::id).toList();
        assertThat(ids).hasSize(4).startsWith("g", "https://news.example/2");
        assertThat(ids.subList(2, 4)).allMatch(id -> id.matches("hash:[\\w-]{43}"));
    }

    @Test
    void anIdIsPercentEncodedBehindTheFeed() {
        assertThat(EntryIds.whole("https://news.example/rss.xml", "a b+c*d~e-f._g/é"))
                .isEqualTo("https://news.example/rss.xml#a%20b%2Bc%2Ad~e-f._g%2F%C3%A9");
    }
}
