package dev.drawbridge.nostr.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What is written is read again as it was, as if its author had written it here.
class RoundTripTest {
    private static final Instant AT = Instant.parse("2026-02-28T17:33:20Z");
    private static final URI PICTURE = URI.create("https://media.example/cat.jpg");

    private final NostrTranslator translator = new NostrTranslator(World.INSTANCE, false);

    @Test
    void filesKeepWhatIsKnownAboutThem() {
        List<Media> media = List.of(
                Media.of(PICTURE, Media.Kind.IMAGE)
                        .withMediaType("image/jpeg")
                        .withAlt("A cat, asleep")
                        .withBlurhash("eVF$^OI:")
                        .withDimensions(new Media.Dimensions(640, 480)),
                Media.of(URI.create("https://media.example/film.mp4"), Media.Kind.VIDEO)
                        .withDuration(Duration.ofMillis(12_500))
                        .withPreview(PICTURE));

        Post back = thereAndBack(post -> post.toBuilder().media(media).build());

        assertThat(back.media()).isEqualTo(media);
        assertThat(back.text().text()).isEqualTo("Hello");
    }

    @Test
    void aQuoteStaysOneAndLeavesNoTraceInTheText() {
        Post back = thereAndBack(post -> post.toBuilder()
                .quote(Optional.of(Quote.of(World.CAROLS)))
                .media(List.of(Media.of(PICTURE, Media.Kind.IMAGE)))
                .build());

        assertThat(back.quote().map(q -> q.target().id())).contains(World.CAROLS);
        assertThat(back.text().text()).isEqualTo("Hello");
        assertThat(back.text().facets()).isEmpty();
    }

    @Test
    void aPollAsksTheSame() {
        var poll = new Poll(
                List.of(new Poll.Option("Yes", 0), new Poll.Option("No", 0)),
                true,
                Optional.of(AT.plusSeconds(3600)),
                Optional.empty(),
                Optional.empty());

        Post back =
                thereAndBack(post -> post.toBuilder().poll(Optional.of(poll)).build());

        assertThat(back.poll()).contains(poll);
    }

    @Test
    void anArticleKeepsTitleSummaryAndText() {
        var article = new Article("On cats", "Why they purr");

        Post back = thereAndBack(
                post -> post.toBuilder().article(Optional.of(article)).build());

        assertThat(back.article()).contains(article);
        assertThat(back.text().text()).isEqualTo("Hello");
        assertThat(back.published()).isEqualTo(AT);
    }

    @Test
    void customEmojiKeepTheirPictures() {
        var emoji = List.of(new CustomEmoji("blobcat", URI.create("https://emoji.example/b.png"), Optional.empty()));

        Post back = thereAndBack(post -> post.toBuilder()
                .text(RichText.plain("so :blobcat:"))
                .emoji(emoji)
                .build());

        assertThat(back.emoji()).isEqualTo(emoji);
        assertThat(back.text().text()).isEqualTo("so :blobcat:");
    }

    @Test
    void anAnswerAnswersTheSame() {
        for (NativeId parent : List.of(World.CAROLS, World.CAROLS_ARTICLE, World.PICTURE, World.CAROLS_POLL)) {
            Post back = thereAndBack(post -> post.toBuilder()
                    .inReplyTo(Optional.of(ObjectRef.of(parent)))
                    .build());

            assertThat(back.inReplyTo().map(ObjectRef::id)).contains(parent);
            assertThat(back.threadRoot().map(ObjectRef::id)).contains(parent);
        }
    }

    @Test
    void aVoteIsForTheSameOptions() {
        var vote = new Activity.Vote(
                World.ap("https://social.example/votes/1"), World.ALICE, AT, World.CAROLS_POLL, List.of(0, 1));

        Activity back = thereAndBack(vote);

        assertThat(back)
                .isInstanceOfSatisfying(
                        Activity.Vote.class, v -> assertThat(v.choices()).containsExactly(0, 1));
    }

    @Test
    void doingItTwiceGivesTheSameEvent() {
        var publish = new Activity.Publish(
                World.ap("https://social.example/x"),
                AT,
                post().toBuilder()
                        .quote(Optional.of(Quote.of(World.FIRST)))
                        .media(List.of(Media.of(PICTURE, Media.Kind.IMAGE)))
                        .build());

        assertThat(draft(publish).documents()).isEqualTo(draft(publish).documents());
    }

    private Post thereAndBack(UnaryOperator<Post> change) {
        Post post = change.apply(post());
        Activity back = thereAndBack(new Activity.Publish(post.id(), AT, post));
        return ((Activity.Publish) back).post();
    }

    private Activity thereAndBack(Activity activity) {
        Event written = EventReader.readDraft(draft(activity).documents().getLast())
                .found()
                .orElseThrow();
        var asTheirs = new UnsignedEvent(
                        written.pubkey(),
                        written.createdAt(),
                        written.kind(),
                        written.tags().stream().filter(t -> !t.is("proxy")).toList(),
                        written.content())
                .signed(new byte[64]);
        NativeEvent event = NativeEvents.of(asTheirs, World.NOW);
        translator.needs(event);
        return value(translator.toCanonical(event, World.resolved(Set.of()), World.NOW))
                .getFirst();
    }

    private NativeDraft draft(Activity activity) {
        return value(translator.fromCanonical(activity, World.resolved(Set.of()), World.NOW));
    }

    private static <T> T value(Translation<T> translation) {
        return ((Translation.Translated<T>) translation).value();
    }

    private static Post post() {
        return Post.builder(World.ap("https://social.example/notes/60"), World.ALICE, AT)
                .text(RichText.plain("Hello"))
                .build();
    }
}
