package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Article;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Inline;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.TextOnly;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The event that says a post: kind 1, kind 1111 under what is no note ([NIP-22](https://nips.nostr.com/22)), kind 1068
/// for a poll ([NIP-88](https://nips.nostr.com/88)), kind 30023 for an article ([NIP-23](https://nips.nostr.com/23)).
/// Files, a quote and custom emoji are said in tags; what is left over in words.
final class PostEvent {
    private final Post post;
    private final Outbound out;
    private final List<Loss> losses;
    private final List<Tag> tags = new ArrayList<>();
    private final Set<PublicKey> people = new LinkedHashSet<>();
    /// Those that stand in the text of an article, where their addresses may be escaped.
    private final Set<URI> pictures;
    private final StringBuilder content = new StringBuilder();

    private PostEvent(Post post, Outbound out, List<Loss> losses) {
        this.post = post;
        this.out = out;
        this.losses = losses;
        this.pictures = post.article().flatMap(Article::body).map(ArticleBody::pictures).stream()
                .flatMap(List::stream)
                .map(Inline.Picture::url)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @param losses takes what could not be kept
    static EventTemplate of(Post post, long seconds, Outbound out, List<Loss> losses) {
        return new PostEvent(post, out, losses).event(seconds);
    }

    private EventTemplate event(long seconds) {
        Optional<Place> quoted = post.quote().flatMap(this::here);
        boolean article = post.article().isPresent();
        boolean poll = !article && post.poll().isPresent();
        Post rest = post.toBuilder()
                .media(List.of())
                .article(Optional.empty())
                .poll(poll ? Optional.empty() : post.poll())
                .quote(quoted.isPresent() ? Optional.empty() : post.quote())
                .build();
        TextOut.Result text = article ? formed(rest) : TextOut.write(inWords(rest), out.resolved(), losses);
        ThreadTags thread = ThreadTags.of(post, out.resolved(), out.marks(), losses);
        content.append(text.content());
        thread.answered().ifPresent(people::add);
        people.addAll(text.people());
        post.article().ifPresent(this::article);
        tags.addAll(thread.tags());
        List<Tag> after = new ArrayList<>();
        post.media().forEach(file -> media(file, after));
        quoted.ifPresent(place -> quote(place, after));
        people.forEach(p -> tags.add(Tag.of("p", p.hex())));
        text.hashtags().forEach(t -> tags.add(Tag.of("t", t)));
        if (poll) {
            post.poll().ifPresent(this::poll);
        }
        tags.addAll(after);
        post.warning().map(this::warning).ifPresent(tags::add);
        tags.addAll(EmojiTags.write(post.emoji(), content.toString(), losses));
        tags.addAll(LanguageLabel.write(post.languages(), losses));
        tags.addAll(out.marks().of(post.id()));
        thread.link().ifPresent(url -> line("\n\n", url.toString()));
        int kind = article ? Kind.ARTICLE : poll ? Kind.POLL : thread.comment() ? Kind.COMMENT : Kind.NOTE;
        return new EventTemplate(seconds, kind, tags, content.toString());
    }

    private RichText inWords(Post rest) {
        return TextOnly.of(rest, TextOnly.Links.WRITTEN_OUT, losses).text();
    }

    /// The text of an article, and below it what can only be said in words.
    private TextOut.Result formed(Post rest) {
        ArticleBody body = post.article().flatMap(Article::body).orElseGet(() -> ArticleBody.of(rest.text()));
        RichText below = inWords(rest.toBuilder().text(RichText.EMPTY).build());
        return ArticleOut.write(body.with(ArticleBody.of(below)), out.resolved(), losses);
    }

    private Optional<Place> here(Quote quote) {
        return out.resolved()
                .object(quote.target().id())
                .flatMap(known -> known.here().flatMap(ref -> Place.of(ref, known.authorHere())));
    }

    private void line(String gap, String text) {
        content.append(content.toString().isBlank() ? "" : gap).append(text);
    }

    /// The address stands in the text, too, for readers that know no tags.
    private void media(Media file, List<Tag> after) {
        String url = file.url().toString();
        if (!pictures.contains(file.url()) && !content.toString().contains(url)) {
            line(after.isEmpty() ? "\n\n" : "\n", url);
        }
        after.add(Attachments.write(file));
        file.focalPoint().ifPresent(_ -> losses.add(new Loss("focalPoint", "pictures are cropped in the middle")));
    }

    private void quote(Place quoted, List<Tag> after) {
        Quote quote = post.quote().orElseThrow();
        String hint = out.resolved()
                .object(quote.target().id())
                .map(Resolved.Post::original)
                .map(out.marks()::relayHint)
                .orElse("");
        line("\n\n", "nostr:" + quoted.bech32(hint));
        after.add(quoted.author()
                .map(author -> Tag.of("q", quoted.value(), hint, author.hex()))
                .orElseGet(() -> Tag.of("q", quoted.value(), hint)));
        quoted.author().ifPresent(people::add);
    }

    /// Options are called by their place, which is how votes are read again.
    private void poll(Poll poll) {
        for (int i = 0; i < poll.options().size(); i++) {
            tags.add(Tag.of(
                    "option",
                    Integer.toString(i),
                    BridgedText.clean(poll.options().get(i).text())));
        }
        tags.add(Tag.of("relay", out.marks().ownRelay().value()));
        tags.add(Tag.of("polltype", poll.multiple() ? "multiplechoice" : "singlechoice"));
        poll.closed()
                .or(poll::ends)
                .ifPresent(end -> tags.add(Tag.of("endsAt", Long.toString(Math.max(0, end.getEpochSecond())))));
        if (poll.options().stream().anyMatch(o -> o.votes() > 0)) {
            losses.add(new Loss("poll", "votes that were cast elsewhere are not shown"));
        }
    }

    private void article(Article article) {
        tags.add(Tag.of("d", name()));
        tags.add(Tag.of("title", BridgedText.clean(article.title())));
        String summary = BridgedText.clean(article.summary());
        if (!summary.isBlank()) {
            tags.add(Tag.of("summary", summary));
        }
        tags.add(Tag.of(
                "published_at", Long.toString(Math.max(0, post.published().getEpochSecond()))));
    }

    /// A function of the original's id, so that every version stands at one address.
    private String name() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(post.id().key().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Tag warning(ContentWarning warning) {
        if (!warning.labels().isEmpty()) {
            losses.add(new Loss("warning", "its labels are words"));
        }
        String reason = BridgedText.clean(warning.reason());
        return reason.isBlank() ? Tag.of("content-warning") : Tag.of("content-warning", reason);
    }
}
