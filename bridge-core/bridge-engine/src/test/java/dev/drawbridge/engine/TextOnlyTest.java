package dev.drawbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Article;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.TextOnly;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextOnlyTest {
    private static final NativeId ID = new NativeId(Network.ACTIVITYPUB, "https://a.example/1");
    private static final URI PICTURE = URI.create("https://a.example/1.png");
    private final List<Loss> losses = new ArrayList<>();

    private static Post.Builder post(String text) {
        return Post.builder(ID, ID, Instant.EPOCH).text(RichText.plain(text));
    }

    @Test
    void aPostOfWordsStaysWhatItIs() {
        Post post = post("hello").build();
        assertThat(TextOnly.of(post, TextOnly.Links.WRITTEN_OUT, losses)).isSameAs(post);
        assertThat(losses).isEmpty();
    }

    @Test
    void everyPartBecomesALineAndALoss() {
        Post post = post("see #tag")
                .text(new RichText("see #tag", List.of(new Facet.Hashtag(4, 8, "tag"))))
                .url(Optional.of(URI.create("https://a.example/@a/1")))
                .article(Optional.of(new Article("Title", "")))
                .media(List.of(Media.of(PICTURE, Media.Kind.IMAGE).withAlt("a boat")))
                .poll(Optional.of(new Poll(
                        List.of(new Poll.Option("yes", 1), new Poll.Option("no", 0)),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))
                .quote(Optional.of(Quote.of(new NativeId(Network.ACTIVITYPUB, "https://b.example/2"))))
                .build();
        Post flat = TextOnly.of(post, TextOnly.Links.BEHIND_WORDS, losses);
        assertThat(flat.text().text())
                .isEqualTo("Title\n\nsee #tag\n\n○ yes\n○ no\n🗳\n[image: a boat]\n\nRE: https://b.example/2");
        assertThat(flat.text().facets().stream().map(flat.text()::span))
                .containsExactly("#tag", "🗳", "[image: a boat]", "https://b.example/2");
        assertThat(losses).extracting(Loss::field).containsExactly("article", "poll", "media", "quote");
        assertThat(flat.media()).isEmpty();
        assertThat(flat.poll()).isEmpty();
        assertThat(flat.quote()).isEmpty();
        assertThat(flat.article()).isEmpty();
    }

    @Test
    void anAddressCanBeWrittenOut() {
        Post post = post("").media(List.of(Media.of(PICTURE, Media.Kind.IMAGE))).build();
        assertThat(TextOnly.of(post, TextOnly.Links.WRITTEN_OUT, losses).text())
                .isEqualTo(new RichText(
                        PICTURE.toString(),
                        List.of(new Facet.Link(0, PICTURE.toString().length(), PICTURE))));
    }

    @Test
    void aQuoteTheAuthorLinkedIsNotLinkedTwiceAndOneWithoutAddressIsLost() {
        URI quoted = URI.create("https://b.example/2");
        Post linked = post("x")
                .text(new RichText("x", List.of(new Facet.Link(0, 1, quoted))))
                .quote(Optional.of(Quote.of(new NativeId(Network.ACTIVITYPUB, quoted.toString()))))
                .build();
        assertThat(TextOnly.of(linked, TextOnly.Links.WRITTEN_OUT, losses).text())
                .isEqualTo(linked.text());
        Post lost = post("x")
                .quote(Optional.of(Quote.of(new NativeId(Network.NOSTR, "ab"))))
                .build();
        assertThat(TextOnly.of(lost, TextOnly.Links.WRITTEN_OUT, losses).text().text())
                .isEqualTo("x");
        assertThat(losses).extracting(Loss::reason).containsExactly("carried as a link", "left out: it has no address");
    }
}
