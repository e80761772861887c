package dev.drawbridge.model;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says a post with words and links alone, for networks that have nothing better: title, poll, media and quote become
/// lines of text, each told as a [Loss].
public final class TextOnly {
    /// How a link to a file is shown.
    public enum Links {
        /// The address itself, which readers turn into a picture.
        WRITTEN_OUT,
        /// A word that leads to the address.
        BEHIND_WORDS
    }

    private final StringBuilder text = new StringBuilder();
    private final List<Facet> facets = new ArrayList<>();
    private final Links links;

    private TextOnly(Links links) {
        this.links = links;
    }

    /// @param losses what is said in words is added here
    /// @return the same post without title, media, poll and quote; the same object if it has none
    public static Post of(Post post, Links links, List<Loss> losses) {
        if (post.article().isEmpty()
                && post.media().isEmpty()
                && post.poll().isEmpty()
                && post.quote().isEmpty()) {
            return post;
        }
        var out = new TextOnly(links);
        post.article().ifPresent(article -> {
            out.paragraph(article.title());
            losses.add(new Loss("article", "the title is the first line of the text"));
        });
        out.append(post.text());
        post.poll().ifPresent(poll -> {
            out.poll(poll, post.url());
            losses.add(new Loss("poll", "its options are lines of the text; votes are cast at the original"));
        });
        post.media().forEach(out::media);
        if (!post.media().isEmpty()) {
            losses.add(new Loss("media", "carried as a link: " + post.media().size()));
        }
        post.quote().ifPresent(quote -> {
            boolean shown = out.quote(quote);
            losses.add(new Loss("quote", shown ? "carried as a link" : "left out: it has no address"));
        });
        return post.toBuilder()
                .text(new RichText(out.text.toString(), out.facets))
                .article(Optional.empty())
                .media(List.of())
                .poll(Optional.empty())
                .quote(Optional.empty())
                .build();
    }

    private void append(RichText words) {
        if (words.text().isEmpty()) {
            return;
        }
        gap("\n\n");
        int at = text.length();
        text.append(words.text());
        words.facets().forEach(facet -> facets.add(facet.shifted(at)));
    }

    private void paragraph(String words) {
        append(RichText.plain(words));
    }

    private void poll(Poll poll, Optional<URI> page) {
        gap("\n");
        for (Poll.Option option : poll.options()) {
            gap("\n");
            text.append(poll.multiple() ? "☐ " : "○ ").append(option.text());
            if (poll.counted() && poll.closed().isPresent()) {
                text.append(" – ").append(option.votes());
            }
        }
        page.ifPresent(p -> {
            gap("\n");
            link("🗳", p);
        });
    }

    private void media(Media file) {
        gap("\n");
        String kind = file.kind().name().toLowerCase(Locale.ROOT);
        link("[" + (file.alt().isBlank() ? kind : kind + ": " + file.alt()) + "]", file.url());
    }

    private boolean quote(Quote quote) {
        String id = quote.target().id().value();
        Optional<URI> page = quote.url().or(() -> http(id));
        boolean there = facets.stream()
                .anyMatch(f -> f instanceof Facet.Link link
                        && page.filter(link.target()::equals).isPresent());
        if (page.isPresent() && !there) {
            gap("\n\n");
            text.append("RE: ");
            written(page.get());
        }
        return page.isPresent();
    }

    private static Optional<URI> http(String id) {
        try {
            return id.startsWith("https://") || id.startsWith("http://") ? Optional.of(new URI(id)) : Optional.empty();
        } catch (java.net.URISyntaxException _) {
            return Optional.empty();
        }
    }

    private void link(String words, URI target) {
        if (links == Links.WRITTEN_OUT) {
            written(target);
        } else {
            facets.add(new Facet.Link(text.length(), text.length() + words.length(), target));
            text.append(words);
        }
    }

    private void written(URI target) {
        facets.add(
                new Facet.Link(text.length(), text.length() + target.toString().length(), target));
        text.append(target);
    }

    private void gap(String between) {
        if (!text.isEmpty()) {
            text.append(between);
        }
    }
}
