package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything that is read as a post: kinds 1, 1111, 20, 21, 22, 34235, 34236, 1222, 1244, 1068 and 30023.
final class PostIn implements Inbound {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final int LONGEST_TITLE = 500;
    private static final Loss LONG_TITLE = new Loss("text", "the title is cut to " + LONGEST_TITLE + " characters");

    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        Set<NativeId> objects = new HashSet<>();
        ThreadPlace thread = ThreadPlace.of(event);
        thread.parent().ifPresent(objects::add);
        thread.root().ifPresent(objects::add);
        Quotes.first(event).ifPresent(objects::add);
        if (Kind.isAddressable(event.kind())) {
            objects.add(id(event));
        }
        return new Needs(TextIn.people(event.content()), objects, Set.of(), false);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        ThreadPlace thread = ThreadPlace.of(event);
        boolean comment = event.kind() == Kind.COMMENT || event.kind() == Kind.VOICE_ANSWER;
        if (comment && thread.parent().isEmpty()) {
            return Translation.skipped("it comments on something that is not an event");
        }
        Optional<PollIn> poll = event.kind() == Kind.POLL ? PollIn.of(event) : Optional.empty();
        if (event.kind() == Kind.POLL && poll.isEmpty()) {
            return Translation.malformed("option", "not options that can be told apart");
        }
        List<Loss> losses = new ArrayList<>();
        List<Media> media = new ArrayList<>(Attachments.read(event, losses));
        RichParts parts = text(event, media, resolved, losses);
        Optional<Translation<List<Activity>>> missing = missing(event, media);
        if (missing.isPresent()) {
            return missing.get();
        }
        if (parts.isEmpty() && media.isEmpty() && poll.isEmpty() && !isKnown(event, resolved)) {
            return Translation.skipped("nothing in it");
        }
        Post post = Post.builder(id(event), Inbound.author(event), published(event))
                .version(new CopyHistory(
                                event.kind(), List.of(), poll.map(PollIn::ids).orElse(List.of()))
                        .version())
                .text(parts.text().text())
                .warning(event.tag("content-warning").map(Tag::value).map(ContentWarning::new))
                .inReplyTo(thread.parent().map(ObjectRef::of))
                .threadRoot(thread.root().map(ObjectRef::of))
                .languages(LanguageLabel.read(event))
                .url(Optional.of(Viewer.page(event)))
                .media(carried(media, losses))
                .quote(parts.quote())
                .poll(poll.map(PollIn::poll))
                .article(article(event, parts.body(), losses))
                .emoji(EmojiTags.read(event, losses))
                .build();
        losses.addAll(parts.text().losses());
        return Translation.of(List.of(activity(event, post, resolved)), losses);
    }

    private static List<Media> carried(List<Media> media, List<Loss> losses) {
        return Cut.list(
                media,
                Attachments.MOST,
                left -> new Loss("media", left + " files more than fit into one post"),
                losses);
    }

    /// Why an event is not what its kind says; empty if it is.
    private static Optional<Translation<List<Activity>>> missing(Event event, List<Media> media) {
        if (!media.isEmpty()) {
            return Optional.empty();
        }
        if (event.kind() == Kind.PICTURE) {
            return Optional.of(Translation.malformed("imeta", "a picture without one"));
        }
        return Kind.isVoice(event.kind())
                ? Optional.of(Translation.malformed("content", "a spoken message without an address"))
                : Optional.empty();
    }

    /// An article or a film that is known stands at its address already, also when nothing is left of it.
    private static boolean isKnown(Event event, Resolved resolved) {
        return Kind.isAddressable(event.kind())
                && resolved.object(id(event)).flatMap(Resolved.Post::author).isPresent();
    }

    private static Activity activity(Event event, Post post, Resolved resolved) {
        NativeId id = NativeEvents.id(event.id());
        return isKnown(event, resolved)
                ? new Activity.Edit(id, Inbound.at(event), post)
                : new Activity.Publish(id, post.published(), post);
    }

    /// @param body the form of an article, if it has any
    private record RichParts(TextIn.Result text, Optional<Quote> quote, Optional<ArticleBody> body) {
        boolean isEmpty() {
            return text.text().text().isBlank() && quote.isEmpty();
        }
    }

    private static RichParts text(Event event, List<Media> media, Resolved resolved, List<Loss> losses) {
        Optional<NativeId> quoted = Quotes.first(event);
        Optional<Quote> quote = quoted.map(q -> new Quote(ObjectRef.of(q), Optional.of(Quotes.page(q))));
        Set<String> hashtags = event.tags("t")
                .map(t -> t.value().toLowerCase(Locale.ROOT))
                .filter(t -> !t.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> elsewhere = new HashSet<>();
        quoted.ifPresent(q -> elsewhere.add(q.value()));
        media.forEach(file -> elsewhere.add(file.url().toString()));
        if (event.kind() == Kind.ARTICLE) {
            ArticleText article = ArticleText.of(event.content(), hashtags, resolved, elsewhere, losses);
            media.addAll(article.body().files(media));
            return new RichParts(
                    article.words(), quote, Optional.of(article.body()).filter(ArticleBody::hasForm));
        }
        String content = isFilm(event)
                ? Stream.of(title(event, losses).orElse(""), event.content())
                        .filter(t -> !t.isBlank())
                        .collect(Collectors.joining("\n\n"))
                : event.content();
        return new RichParts(TextIn.read(content, hashtags, resolved, elsewhere), quote, Optional.empty());
    }

    private static boolean isFilm(Event event) {
        return event.kind() == Kind.PICTURE || Kind.isVideo(event.kind());
    }

    private static Optional<String> title(Event event, List<Loss> losses) {
        return event.tag("title")
                .map(t -> BridgedText.clean(t.value()).strip())
                .filter(t -> !t.isEmpty())
                .map(t -> Cut.text(t, LONGEST_TITLE, LONG_TITLE, losses));
    }

    private static Optional<Article> article(Event event, Optional<ArticleBody> body, List<Loss> losses) {
        if (event.kind() != Kind.ARTICLE) {
            return Optional.empty();
        }
        String summary = event.tag("summary")
                .map(t -> BridgedText.clean(t.value()).strip())
                .orElse("");
        return Optional.of(new Article(title(event, losses).orElse("Untitled"), summary, body));
    }

    /// Of an article or a film with an address: when its first version was, if it says so.
    static Instant published(Event event) {
        return event.tag("published_at")
                .filter(_ -> Kind.isAddressable(event.kind()))
                .map(Tag::value)
                .filter(s -> SECONDS.matcher(s).matches())
                .map(s -> Instant.ofEpochSecond(Long.parseLong(s)))
                .filter(at -> at.isBefore(Inbound.at(event)))
                .orElseGet(() -> Inbound.at(event));
    }

    /// What it is a version of: an address, or itself.
    static NativeId id(Event event) {
        return Kind.isAddressable(event.kind())
                ? event.address().map(NativeEvents::address).orElseThrow()
                : NativeEvents.id(event.id());
    }
}
