package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.markup.Markdown;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Inline;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Markdown as PeerTube sends it, and text without markup: addresses that stand in it are links.
final class MarkdownText {
    private static final int MAX_LINKS = 500;
    private static final Pattern BARE = Pattern.compile("https?://[^\\s<>\"\\])]{1,2048}");
    private static final Pattern TRAILING = Pattern.compile("[.,;:!?']+$");

    private MarkdownText() {}

    static ArticleBody read(String markdown, List<Loss> losses) {
        Markdown.Read read = Markdown.read(markdown);
        if (read.dropped()) {
            losses.add(new Loss("form", "HTML and links to what is no page are left out"));
        }
        return read.body()
                .changing(
                        inline -> inline instanceof Inline.Text(String text)
                                ? ArticleBody.inlines(links(text, losses))
                                : List.of(inline),
                        List::of);
    }

    /// Text without markup.
    static RichText linked(String text, List<Loss> losses) {
        return links(
                text.replace("\r\n", "\n")
                        .replace('\r', '\n')
                        .replaceAll("\n{3,}", "\n\n")
                        .strip(),
                losses);
    }

    private static RichText links(String text, List<Loss> losses) {
        var facets = new ArrayList<Facet>();
        Matcher found = BARE.matcher(text);
        while (found.find()) {
            if (facets.size() == MAX_LINKS) {
                losses.add(new Loss("link", "more than " + MAX_LINKS + ": the rest is text"));
                break;
            }
            String address = TRAILING.matcher(found.group()).replaceAll("");
            Optional<URI> target = Uris.tryHttp(address);
            int start = found.start();
            target.ifPresent(t -> facets.add(new Facet.Link(start, start + address.length(), t)));
        }
        return new RichText(text, facets);
    }
}
