package dev.drawbridge.model;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A post as its author made it. Made with a [Builder].
///
/// @param id the original's id on the author's network
/// @param version the original's version where the network has versions (AT Protocol: CID)
/// @param author who wrote it
/// @param text what it says, hashtags and mentions as facets; of an article the whole of it; may be empty beside media
/// or a poll
/// @param warning the content warning, if any; one without a reason only marks the post as sensitive
/// @param inReplyTo the post it answers, as the source names it
/// @param threadRoot the first post of the thread where the source says so
/// @param languages BCP 47 tags, most used first; empty if unknown
/// @param published when the author says they published it
/// @param url where a person can read the original in a browser
/// @param visibility who may see it
/// @param media what is attached, in the author's order
/// @param quote the post it shows, if one
/// @param poll the question it asks, if one
/// @param article its title, if it is an article
/// @param emoji the pictures that stand where the text says `:shortcode:`
/// @param interactions who may do what with it; empty if the author did not say
/// @param card how the page it leads to is shown, if it leads to one
public record Post(
        NativeId id,
        Optional<String> version,
        NativeId author,
        RichText text,
        Optional<ContentWarning> warning,
        Optional<ObjectRef> inReplyTo,
        Optional<ObjectRef> threadRoot,
        List<String> languages,
        Instant published,
        Optional<URI> url,
        Visibility visibility,
        List<Media> media,
        Optional<Quote> quote,
        Optional<Poll> poll,
        Optional<Article> article,
        List<CustomEmoji> emoji,
        Optional<InteractionPolicy> interactions,
        Optional<LinkCard> card) {
    public Post {
        languages = List.copyOf(languages);
        media = List.copyOf(media);
        emoji = List.copyOf(emoji);
    }

    /// Starts with what every one has; the rest is empty until it is set.
    public static Builder builder(NativeId id, NativeId author, Instant published) {
        return new Builder(id, author, published);
    }

    /// Starts with everything this one has.
    public Builder toBuilder() {
        return builder(id, author, published)
                .version(version)
                .text(text)
                .warning(warning)
                .inReplyTo(inReplyTo)
                .threadRoot(threadRoot)
                .languages(languages)
                .url(url)
                .visibility(visibility)
                .media(media)
                .quote(quote)
                .poll(poll)
                .article(article)
                .emoji(emoji)
                .interactions(interactions)
                .card(card);
    }

    /// Not thread-safe; what it built does not change with it.
    public static final class Builder {
        private NativeId id;
        private NativeId author;
        private Instant published;
        private Optional<String> version = Optional.empty();
        private RichText text = RichText.EMPTY;
        private Optional<ContentWarning> warning = Optional.empty();
        private Optional<ObjectRef> inReplyTo = Optional.empty();
        private Optional<ObjectRef> threadRoot = Optional.empty();
        private List<String> languages = List.of();
        private Optional<URI> url = Optional.empty();
        private Visibility visibility = Visibility.PUBLIC;
        private List<Media> media = List.of();
        private Optional<Quote> quote = Optional.empty();
        private Optional<Poll> poll = Optional.empty();
        private Optional<Article> article = Optional.empty();
        private List<CustomEmoji> emoji = List.of();
        private Optional<InteractionPolicy> interactions = Optional.empty();
        private Optional<LinkCard> card = Optional.empty();

        private Builder(NativeId id, NativeId author, Instant published) {
            this.id = id;
            this.author = author;
            this.published = published;
        }

        public Builder id(NativeId id) {
            this.id = id;
            return this;
        }

        public Builder version(Optional<String> version) {
            this.version = version;
            return this;
        }

        public Builder author(NativeId author) {
            this.author = author;
            return this;
        }

        public Builder text(RichText text) {
            this.text = text;
            return this;
        }

        public Builder warning(Optional<ContentWarning> warning) {
            this.warning = warning;
            return this;
        }

        public Builder inReplyTo(Optional<ObjectRef> inReplyTo) {
            this.inReplyTo = inReplyTo;
            return this;
        }

        public Builder threadRoot(Optional<ObjectRef> threadRoot) {
            this.threadRoot = threadRoot;
            return this;
        }

        public Builder languages(List<String> languages) {
            this.languages = languages;
            return this;
        }

        public Builder published(Instant published) {
            this.published = published;
            return this;
        }

        public Builder url(Optional<URI> url) {
            this.url = url;
            return this;
        }

        public Builder visibility(Visibility visibility) {
            this.visibility = visibility;
            return this;
        }

        public Builder media(List<Media> media) {
            this.media = media;
            return this;
        }

        public Builder quote(Optional<Quote> quote) {
            this.quote = quote;
            return this;
        }

        public Builder poll(Optional<Poll> poll) {
            this.poll = poll;
            return this;
        }

        public Builder article(Optional<Article> article) {
            this.article = article;
            return this;
        }

        public Builder emoji(List<CustomEmoji> emoji) {
            this.emoji = emoji;
            return this;
        }

        public Builder interactions(Optional<InteractionPolicy> interactions) {
            this.interactions = interactions;
            return this;
        }

        public Builder card(Optional<LinkCard> card) {
            this.card = card;
            return this;
        }

        public Post build() {
            return new Post(
                    id,
                    version,
                    author,
                    text,
                    warning,
                    inReplyTo,
                    threadRoot,
                    languages,
                    published,
                    url,
                    visibility,
                    media,
                    quote,
                    poll,
                    article,
                    emoji,
                    interactions,
                    card);
        }
    }
}
