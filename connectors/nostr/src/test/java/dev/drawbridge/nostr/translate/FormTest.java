package dev.drawbridge.nostr.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Block;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Inline;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What articles and profiles keep on their way.
class FormTest {
    private static final Resolved RESOLVED = World.resolved(Set.of());
    private final NostrTranslator translator = new NostrTranslator(World.INSTANCE, false);

    @Test
    void anArticleThatIsKnownCanBeBlanked() {
        var known = (Activity.Edit) value(translator.toCanonical(blank("essay"), RESOLVED, World.NOW))
                .getFirst();
        assertThat(known.post().id()).isEqualTo(World.CAROLS_ARTICLE);
        assertThat(known.post().text()).isEqualTo(RichText.EMPTY);
        assertThat(translator.toCanonical(blank("another"), RESOLVED, World.NOW))
                .isEqualTo(Translation.skipped("nothing in it"));
    }

    private static NativeEvent blank(String name) {
        return article("", Tag.of("d", name), Tag.of("title", "Essay"));
    }

    @Test
    void thePicturesOfAnArticleAreFilesOnceAndNotWithoutLimit() {
        String markdown = IntStream.range(0, 40)
                .mapToObj(n -> "![boat](https://files.example/" + n / 2 + ".jpg)")
                .collect(Collectors.joining("\n\n"));
        assertThat(published(markdown).media()).hasSize(20);
        assertThat(published(markdown.replace("files", "a") + "\n\n" + markdown).media())
                .hasSize(32);
    }

    private Post published(String markdown) {
        NativeEvent event = article(markdown, Tag.of("d", "boats"), Tag.of("title", "Boats"));
        return ((Activity.Publish) value(translator.toCanonical(event, RESOLVED, World.NOW))
                        .getFirst())
                .post();
    }

    @Test
    void aPictureInAnArticleStandsThereOnce() {
        URI url = URI.create("https://files.example/boat(1).jpg");
        var body = new ArticleBody(List.of(new Block.Paragraph(List.of(new Inline.Picture(url, "boat")))));
        Post post = post("").media(List.of(Media.of(url, Media.Kind.IMAGE)))
                .article(Optional.of(new Article("Boats", "", Optional.of(body))))
                .build();
        Event event = event(draft(new Activity.Publish(World.FIRST, World.NOW, post)));
        assertThat(event.content()).isEqualTo("![boat](https://files.example/boat\\(1\\).jpg)");
        assertThat(event.tags("imeta")).hasSize(1);
    }

    @Test
    void emphasisThatMarkdownCannotWriteIsALoss() {
        List<Inline> inside =
                List.of(new Inline.Text("a"), new Inline.Emphasis(List.of(new Inline.Code("b"))), new Inline.Text("c"));
        var body = new ArticleBody(List.of(new Block.Paragraph(inside)));
        Post post = post("abc")
                .article(Optional.of(new Article("Boats", "", Optional.of(body))))
                .build();
        var written = (Translation.Translated<NativeDraft>)
                translator.fromCanonical(new Activity.Publish(World.FIRST, World.NOW, post), RESOLVED, World.NOW);
        assertThat(event(written.value()).content()).isEqualTo("a`b`c");
        assertThat(written.losses()).contains(new Loss("form", "emphasis that Markdown cannot write is left out"));
    }

    @Test
    void onlyTheFirstWebsiteIsNoLine() {
        URI one = URI.create("https://one.example");
        URI two = URI.create("https://two.example");
        Profile profile = Profile.builder(World.ALICE, "alice@social.example")
                .fields(List.of(website(one), website(two)))
                .build();
        Event event =
                event(draft(new Activity.ProfileUpdate(World.ap("https://social.example/p"), World.NOW, profile)));
        assertThat(event.content())
                .contains("\"website\":\"https://one.example\"", "Website: https://two.example")
                .doesNotContain("Website: https://one.example");
    }

    private static Profile.Field website(URI page) {
        String shown = page.toString();
        return new Profile.Field("Website", new RichText(shown, List.of(new Facet.Link(0, shown.length(), page))));
    }

    private static NativeEvent article(String markdown, Tag... tags) {
        var key = new PublicKey(World.CAROL.value());
        var unsigned = new UnsignedEvent(key, 1_772_300_000, 30_023, List.of(tags), markdown);
        return NativeEvents.of(unsigned.signed(new byte[64]), World.NOW);
    }

    private static Post.Builder post(String text) {
        return Post.builder(World.FIRST, World.ALICE, World.NOW).text(RichText.plain(text));
    }

    private NativeDraft draft(Activity activity) {
        return value(translator.fromCanonical(activity, RESOLVED, World.NOW));
    }

    private static <T> T value(Translation<T> translation) {
        return ((Translation.Translated<T>) translation).value();
    }

    private static Event event(NativeDraft draft) {
        return EventReader.readDraft(draft.documents().getFirst()).found().orElseThrow();
    }
}
