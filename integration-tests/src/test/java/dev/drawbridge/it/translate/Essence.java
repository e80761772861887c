package dev.drawbridge.it.translate;

import dev.drawbridge.model.Article;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Visibility;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a post says, whatever network it is on: people, posts and files by what they are called in [Shores], addresses
/// as they are however they are shown, white space as a reader sees it, times to the second.
record Essence(
        String text,
        Optional<ContentWarning> warning,
        Optional<String> parent,
        Optional<String> root,
        Optional<String> quoted,
        List<String> languages,
        Instant published,
        Visibility visibility,
        List<String> media,
        Optional<String> poll,
        Optional<String> article,
        List<CustomEmoji> emoji) {
    static Essence of(Post post) {
        return new Essence(
                text(post.text()),
                post.warning(),
                post.inReplyTo().map(Essence::called),
                post.threadRoot().map(Essence::called),
                post.quote().map(quote -> called(quote.target())),
                post.languages(),
                post.published().truncatedTo(ChronoUnit.SECONDS),
                post.visibility(),
                post.media().stream().map(Essence::file).toList(),
                post.poll().map(poll -> poll.toString()),
                post.article().map(article -> article(article, post.text())),
                post.emoji());
    }

    /// The start of the text, which is shown where somebody wrote no summary, is none.
    private static String article(Article article, RichText text) {
        String summary = article.summary().replaceAll("…$", "");
        boolean excerpt = flat(text.text()).startsWith(flat(summary));
        String body = article.body().map(ArticleBody::toString).orElse("");
        return article.title() + "/" + (excerpt ? "" : summary) + "/" + body;
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String called(ObjectRef ref) {
        return Shores.called(ref.id().value());
    }

    private static String file(Media file) {
        Media named = new Media(
                URI.create(Shores.called(file.url().toString()).replace(' ', ':')),
                file.kind(),
                file.mediaType(),
                file.alt(),
                file.focalPoint(),
                file.blurhash(),
                file.dimensions(),
                file.duration(),
                file.preview());
        return named.toString();
    }

    static String text(RichText rich) {
        var out = new StringBuilder();
        int at = 0;
        for (Facet facet : rich.facets()) {
            out.append(rich.text(), at, facet.start());
            String span = rich.span(facet);
            switch (facet) {
                case Facet.Mention mention ->
                    out.append("⟨@")
                            .append(Shores.called(mention.actor().value()))
                            .append('⟩');
                case Facet.Hashtag tag -> out.append("⟨#").append(tag.tag()).append('⟩');
                case Facet.Link link
                when shows(span, link.target().toString()) ->
                    out.append('⟨').append(link.target()).append('⟩');
                case Facet.Link link ->
                    out.append('⟨')
                            .append(span)
                            .append('|')
                            .append(link.target())
                            .append('⟩');
            }
            at = facet.end();
        }
        return out.append(rich.text().substring(at))
                .toString()
                .replaceAll("[ \\t]+", " ")
                .replaceAll(" ?\\n ?", "\n")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    /// Whether the words are the address, or its start.
    private static boolean shows(String words, String address) {
        String shown = words.endsWith("…") ? words.substring(0, words.length() - 1) : words;
        return bare(address).startsWith(bare(shown));
    }

    private static String bare(String address) {
        return address.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("^www\\.", "");
    }
}
