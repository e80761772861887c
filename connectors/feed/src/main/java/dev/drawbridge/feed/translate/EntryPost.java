package dev.drawbridge.feed.translate;

import dev.drawbridge.feed.object.Enclosure;
import dev.drawbridge.feed.object.Entry;
import dev.drawbridge.feed.object.Html;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.LinkCard;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An entry as a post. A title with a long text is an article; a title with a few words becomes a post that says both
/// and leads to the page; what has no title is a post as it stands.
final class EntryPost {
    /// In UTF-16 units: more than this is an article, if it has a title.
    private static final int LONG = 1_000;

    private static final int MOST_TAGS = 5;
    private static final int LONGEST_CARD = 300;

    private final StringBuilder text = new StringBuilder();
    private final List<Facet> facets = new ArrayList<>();
    private final Entry entry;

    private final List<Loss> losses;

    private EntryPost(Entry entry, List<Loss> losses) {
        this.entry = entry;
        this.losses = losses;
    }

    /// @param entry with a time of publication
    /// @param losses takes what is left out or cut
    static Post of(URI feed, Entry entry, List<Loss> losses) {
        return new EntryPost(entry, losses).post(feed);
    }

    /// What was cut when the feed was read.
    private void tellCuts() {
        if (Html.isCut(entry.title(), Entry.LONGEST_TITLE)) {
            losses.add(new Loss("text", "the title is cut to " + Entry.LONGEST_TITLE + " characters"));
        }
        if (Html.isCut(entry.summary(), Entry.LONGEST_SUMMARY)) {
            losses.add(new Loss("text", "the summary is cut to " + Entry.LONGEST_SUMMARY + " characters"));
        }
        if (entry.html().equals(Html.TOO_LONG)) {
            losses.add(new Loss("text", "it is too long to be read: it is at its page"));
        }
    }

    private Post post(URI feed) {
        tellCuts();
        RichText body = HtmlText.of(entry.html());
        boolean article = !entry.title().isBlank() && body.text().length() > LONG;
        if (!article && !entry.title().isBlank() && !startsWithTitle(body.text())) {
            append(RichText.plain(entry.title()));
        }
        append(body.text().isEmpty() ? RichText.plain(entry.summary()) : body);
        if (!article && (!entry.title().isBlank() || text.isEmpty())) {
            entry.link().filter(link -> !leadsTo(link)).ifPresent(this::appendLink);
        }
        appendTags();
        List<Media> files = EntryFiles.of(entry, losses);
        return Post.builder(
                        EntryEvents.id(feed, entry),
                        EntryEvents.author(feed),
                        entry.published().orElse(Instant.EPOCH))
                .text(new RichText(text.toString(), facets))
                .languages(languages())
                .url(entry.link())
                .media(files)
                .article(article ? Optional.of(new Article(entry.title(), entry.summary())) : Optional.empty())
                .card(article ? Optional.empty() : card(body, files))
                .build();
    }

    private boolean startsWithTitle(String body) {
        return body.regionMatches(true, 0, entry.title(), 0, entry.title().length());
    }

    private boolean leadsTo(URI page) {
        return facets.stream()
                .anyMatch(f -> f instanceof Facet.Link link && link.target().equals(page));
    }

    private void append(RichText more) {
        if (more.text().isBlank()) {
            return;
        }
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
        int by = text.length();
        text.append(more.text());
        more.facets().forEach(facet -> facets.add(facet.shifted(by)));
    }

    private void appendLink(URI page) {
        String shown = page.toString();
        append(new RichText(shown, List.of(new Facet.Link(0, shown.length(), page))));
    }

    /// Categories that are one word, and above all those with which somebody says no.
    private void appendTags() {
        List<String> found = entry.tags().stream()
                .filter(tag -> tag.matches("[\\p{L}\\p{N}_]*\\p{L}[\\p{L}\\p{N}_]*"))
                .sorted((a, b) -> Boolean.compare(isNo(b), isNo(a)))
                .toList();
        List<String> words = Cut.list(found, MOST_TAGS, left -> new Loss("hashtag", "left out: " + left), losses);
        var line = new StringBuilder();
        List<Facet> tags = new ArrayList<>();
        for (String tag : words) {
            int start = line.isEmpty() ? 0 : line.append(' ').length();
            line.append('#').append(tag);
            tags.add(new Facet.Hashtag(start, line.length(), tag));
        }
        append(new RichText(line.toString(), tags));
    }

    private static boolean isNo(String tag) {
        return tag.equalsIgnoreCase("nobridge");
    }

    private Optional<LinkCard> card(RichText body, List<Media> files) {
        if (entry.title().isBlank() || entry.link().isEmpty()) {
            return Optional.empty();
        }
        String words = entry.summary().isEmpty() ? body.text().replaceAll("\\s+", " ") : entry.summary();
        int end = Math.min(words.length(), LONGEST_CARD);
        boolean inside = end < words.length() && end > 0 && Character.isHighSurrogate(words.charAt(end - 1));
        Optional<URI> picture = files.stream()
                .filter(file -> file.kind() == Media.Kind.IMAGE)
                .map(Media::url)
                .findFirst();
        return Optional.of(
                new LinkCard(entry.link().get(), entry.title(), words.substring(0, inside ? end - 1 : end), picture));
    }

    private List<String> languages() {
        String tag = entry.language().replace('_', '-');
        return tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*") ? List.of(tag) : List.of();
    }

    /// What a file is, by its type or else its name.
    static Media.Kind kind(Enclosure file) {
        String name = file.url().getPath() == null ? "" : file.url().getPath().toLowerCase(java.util.Locale.ROOT);
        return file.type().map(Media.Kind::of).filter(k -> k != Media.Kind.FILE).orElseGet(() -> {
            if (name.matches(".*\\.(jpe?g|png|gif|webp|avif)")) {
                return Media.Kind.IMAGE;
            }
            if (name.matches(".*\\.(mp3|m4a|ogg|oga|opus|wav|flac)")) {
                return Media.Kind.AUDIO;
            }
            return name.matches(".*\\.(mp4|m4v|webm|mov)") ? Media.Kind.VIDEO : Media.Kind.FILE;
        });
    }
}
