package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostTextTest {
    private final List<Loss> losses = new ArrayList<>();

    private PostText.Composed compose(Post post) {
        return PostText.compose(post, People.known(), false, losses);
    }

    @Test
    void aTextThatFitsStaysAsItIs() {
        var composed = compose(People.says("x".repeat(300)));
        assertThat(composed.text().text()).isEqualTo("x".repeat(300));
        assertThat(composed.cut()).isFalse();
        assertThat(losses).isEmpty();
    }

    @Test
    void aLongTextIsCutAtAGraphemeWithALinkToTheOriginal() {
        var composed = compose(People.says("👨‍👩‍👧‍👦".repeat(100) + "x".repeat(300)));
        String text = composed.text().text();
        assertThat(composed.cut()).isTrue();
        assertThat(text).endsWith("… social.example");
        assertThat(Graphemes.fits(text, 300, 3000)).isTrue();
        assertThat(Graphemes.count(text)).isEqualTo(300);
        assertThat(composed.text().facets())
                .containsExactly(new Facet.Link(
                        text.length() - "social.example".length(),
                        text.length(),
                        URI.create("https://social.example/@alice/1")));
        assertThat(losses).extracting(Loss::field).containsExactly("text");
    }

    @Test
    void theByteLimitCutsToo() {
        var composed = compose(People.says("👨‍👩‍👧‍👦".repeat(200)));
        assertThat(Graphemes.bytes(composed.text().text()))
                .isLessThanOrEqualTo(3000)
                .isGreaterThan(2900);
    }

    @Test
    void oneGraphemeTooBigForARecordLeavesOnlyTheLink() {
        var composed = compose(People.says("a" + "\u0301".repeat(2000)));
        assertThat(composed.text().text()).isEqualTo("… social.example");
    }

    @Test
    void aWordIsNotSplitUnlessItIsVeryLong() {
        assertThat(compose(People.says("word ".repeat(100))).text().text()).endsWith(" word… social.example");
        String url = "x".repeat(200) + " " + "y".repeat(200);
        assertThat(compose(People.says(url)).text().text()).endsWith("yyy… social.example");
        assertThat(compose(People.says("漢字".repeat(200))).text().text()).endsWith("漢字… social.example");
    }

    @Test
    void aHashtagIsNotSplit() {
        String start = "x".repeat(280) + " ";
        var composed = compose(
                People.says(start + "#drawbridges" + "y".repeat(30), new Facet.Hashtag(281, 293, "drawbridges")));
        assertThat(composed.text().text()).isEqualTo("x".repeat(280) + "… social.example");
    }

    @Test
    void aLinkMayBeShownInPart() {
        String words = "p".repeat(400);
        URI target = URI.create("https://long.example/");
        var composed = compose(People.says(words, new Facet.Link(0, words.length(), target)));
        assertThat(composed.text().facets()).hasSize(2);
        assertThat(composed.text().facets().getFirst()).isEqualTo(new Facet.Link(0, 284, target));
    }

    @Test
    void addressesAreCountedAsTheyAreShown() {
        String url = "https://www.long.example/" + "p".repeat(400);
        var composed = compose(People.says("see " + url, new Facet.Link(4, 4 + url.length(), URI.create(url))));
        assertThat(composed.cut()).isFalse();
        assertThat(composed.text().text()).isEqualTo("see long.example/ppppppppppppp…");
        assertThat(composed.text().facets()).containsExactly(new Facet.Link(4, 31, URI.create(url)));
    }

    @Test
    void anAddressIsShownByTheHostItLeadsTo() {
        assertThat(ShownUrls.of(URI.create("https://bank.example@evil.example/")))
                .isEqualTo("evil.example");
        assertThat(ShownUrls.of(URI.create("http://localhost:8080/a?b#c"))).isEqualTo("localhost:8080/a?b#c");
    }

    @Test
    void peopleAndPagesBehindTheCutAreKept() {
        String start = "x".repeat(400);
        String text = start + " @bob @carol https://news.example/1 #tag";
        var composed = compose(People.says(
                text,
                new Facet.Mention(401, 405, People.BOB_THERE),
                new Facet.Mention(406, 412, People.CAROL),
                new Facet.Link(413, 435, URI.create("https://news.example/1")),
                new Facet.Hashtag(436, 440, "tag")));
        String shown = composed.text().text();
        assertThat(shown).endsWith("… @bob.test @carol@social.example news.example/1 social.example");
        assertThat(Graphemes.count(shown)).isEqualTo(300);
        assertThat(composed.text().facets())
                .extracting(composed.text()::span)
                .containsExactly("@bob.test", "@carol@social.example", "news.example/1", "social.example");
        assertThat(losses).extracting(Loss::field).containsExactly("mention", "text");
    }

    @Test
    void whatFindsNoRoomBehindTheCutIsALoss() {
        StringBuilder text = new StringBuilder("x".repeat(400));
        List<Facet> facets = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String url = "https://page" + i + ".example/";
            facets.add(new Facet.Link(text.length() + 1, text.length() + 1 + url.length(), URI.create(url)));
            text.append(' ').append(url);
        }
        var composed = compose(People.says(text.toString(), facets.toArray(Facet[]::new)));
        assertThat(Graphemes.fits(composed.text().text(), 300, 3000)).isTrue();
        long shown = composed.text().facets().size() - 1;
        assertThat(shown).isGreaterThan(5);
        assertThat(losses.stream().filter(loss -> loss.field().equals("link")).count() + shown)
                .isEqualTo(30);
    }

    @Test
    void theWarningComesFirstAndMovesTheFacets() {
        Post post = People.warns("spoilers", "see #film");
        var tagged = Post.builder(post.id(), post.author(), post.published())
                .version(post.version())
                .text(new RichText("see #film", List.of(new Facet.Hashtag(4, 9, "film"))))
                .warning(post.warning())
                .inReplyTo(post.inReplyTo())
                .threadRoot(post.threadRoot())
                .languages(post.languages())
                .url(post.url())
                .visibility(post.visibility())
                .build();
        var composed = compose(tagged);
        assertThat(composed.text().text()).isEqualTo("[spoilers]\n\nsee #film");
        assertThat(composed.text().facets()).containsExactly(new Facet.Hashtag(16, 21, "film"));
    }

    @Test
    void aWarningWithoutWordsIsStillAWarning() {
        assertThat(compose(People.warns("", "x")).text().text()).isEqualTo("[sensitive]\n\nx");
    }

    @Test
    void aWarningCannotFillThePost() {
        assertThat(compose(People.warns("w".repeat(500), "x")).text().text())
                .isEqualTo("[" + "w".repeat(100) + "…]\n\nx");
    }

    @Test
    void peopleOfThisNetworkAreMentionedByTheirHandleHere() {
        var composed = compose(People.says("hi @bob!", new Facet.Mention(3, 7, People.BOB_THERE)));
        assertThat(composed.text().text()).isEqualTo("hi @bob.test!");
        assertThat(composed.text().facets()).containsExactly(new Facet.Mention(3, 12, People.BOB));
    }

    @Test
    void peopleElsewhereBecomeLinksWithALoss() {
        var composed = compose(People.says("hi @carol!", new Facet.Mention(3, 9, People.CAROL)));
        assertThat(composed.text().text()).isEqualTo("hi @carol@social.example!");
        assertThat(composed.text().facets())
                .containsExactly(new Facet.Link(3, 24, URI.create("https://social.example/@carol")));
        assertThat(losses).extracting(Loss::field).containsExactly("mention");
    }
}
