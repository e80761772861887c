package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shortens addresses that stand in a text in full, as the network's own client does when people write: what is counted
/// is what is shown, and the facet keeps the whole address.
final class ShownUrls {
    /// How much of what follows the host is shown.
    private static final int MAX_PATH = 14;

    private ShownUrls() {}

    static RichText in(RichText text) {
        TextBuilder out = new TextBuilder();
        int at = 0;
        for (Facet facet : text.facets()) {
            out.append(text.text().substring(at, facet.start()));
            String span = text.span(facet);
            switch (facet) {
                case Facet.Link link ->
                    out.append(
                            isAddress(span) ? of(link.target()) : span,
                            (start, end) -> new Facet.Link(start, end, link.target()));
                case Facet.Mention mention ->
                    out.append(span, (start, end) -> new Facet.Mention(start, end, mention.actor()));
                case Facet.Hashtag tag -> out.append(span, (start, end) -> new Facet.Hashtag(start, end, tag.tag()));
            }
            at = facet.end();
        }
        return out.append(text.text().substring(at)).build();
    }

    /// An address as readers see it: the host, and the start of what follows.
    static String of(URI target) {
        String host = target.getHost();
        if (host == null) {
            return target.toString();
        }
        String name = host.toLowerCase(Locale.ROOT).startsWith("www.") ? host.substring("www.".length()) : host;
        String port = target.getPort() < 0 ? "" : ":" + target.getPort();
        String path =
                text(target.getRawPath(), "") + text(target.getRawQuery(), "?") + text(target.getRawFragment(), "#");
        return name + port + (path.equals("/") ? "" : shortened(path));
    }

    private static boolean isAddress(String span) {
        String start = span.toLowerCase(Locale.ROOT);
        return start.startsWith("https://") || start.startsWith("http://");
    }

    private static String text(@Nullable String part, String before) {
        return part == null ? "" : before + part;
    }

    private static String shortened(String path) {
        return Graphemes.count(path) <= MAX_PATH + 1
                ? path
                : path.substring(0, Graphemes.prefix(path, MAX_PATH, Integer.MAX_VALUE)) + "…";
    }
}
