package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

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
        return PostText.compose(post, People.known(), losses);
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
    void aHashtagIsNotSplit() {
        String start = "x".repeat(280) + " ";
        var composed = compose(
                People.says(start + "#drawbridges" + "y".repeat(30), new Facet.Hashtag(281, 293, "drawbridges")));
        assertThat(composed.text().text()).isEqualTo("x".repeat(280) + "… social.example");
    }

    @Test
    void aLinkMayBeShownInPart() {
        String url = "https://long.example/" + "p".repeat(400);
        var composed = compose(People.says(url, new Facet.Link(0, url.length(), URI.create(url))));
        assertThat(composed.text().facets()).hasSize(2);
        assertThat(composed.text().facets().getFirst()).isEqualTo(new Facet.Link(0, 284, URI.create(url)));
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
