package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Cuts a text to what the network takes: whole graphemes from the start, an ellipsis, the people and links that would
/// be lost, and where to read on.
final class TextCut {
    /// How much of the text people and links may take that stood behind the cut.
    private static final int MAX_KEPT = 120;

    private static final int MAX_KEPT_BYTES = 1200;

    /// How much room may stay empty for the sake of a whole word.
    private static final int MAX_WORD = 24;

    private final RichText text;
    private final Optional<URI> url;
    private final String more;

    private TextCut(RichText text, Optional<URI> url) {
        this.text = text;
        this.url = url;
        this.more = url.map(URI::getHost).filter(host -> !host.isBlank()).orElse(url.isPresent() ? "more" : "");
    }

    static PostText.Composed cut(RichText text, Optional<URI> url, List<Loss> losses) {
        return new TextCut(text, url).cut(losses);
    }

    private PostText.Composed cut(List<Loss> losses) {
        int end = end("", 0, 0);
        if (!behind(end).isEmpty()) {
            end = end("", MAX_KEPT, MAX_KEPT_BYTES);
        }
        List<Facet> behind = behind(end);
        List<Facet> dropped = new ArrayList<>();
        RichText kept = kept(behind, dropped);
        dropped.forEach(facet -> losses.add(new Loss(
                facet instanceof Facet.Mention ? "mention" : "link",
                "behind the cut, without room: " + text.span(facet))));
        if (!behind.isEmpty()) {
            // What the kept ones leave free goes to the text, up to the first of them.
            int first = behind.stream().mapToInt(Facet::start).min().orElse(end);
            end = Math.max(end, Math.min(end(kept.text(), 0, 0), stripEnd(first)));
        }
        return new PostText.Composed(
                compose(end, kept), true, text.text().substring(end).strip(), List.of());
    }

    private RichText compose(int end, RichText kept) {
        TextBuilder out = new TextBuilder();
        out.append(head(end)).append(tail(kept.text())).append(kept);
        if (!kept.text().isEmpty() && !more.isEmpty()) {
            out.append(" ");
        }
        url.ifPresent(target -> out.append(more, (from, to) -> new Facet.Link(from, to, target)));
        return out.build();
    }

    private String tail(String kept) {
        return kept.isEmpty() && more.isEmpty() ? "…" : "… ";
    }

    /// Where the text ends if this is kept behind it.
    ///
    /// @param graphemes room beside that for what is not known yet
    /// @param bytes the same in bytes
    private int end(String kept, int graphemes, int bytes) {
        String tail = tail(kept) + kept + (kept.isEmpty() ? "" : " ") + more;
        int room = PostText.MAX_GRAPHEMES - Graphemes.count(tail) - graphemes;
        int left = PostText.MAX_BYTES - Graphemes.bytes(tail) - bytes;
        int most = Graphemes.prefix(text.text(), Math.max(room, 0), Math.max(left, 0));
        return stripEnd(beforeSplitFacet(beforeSplitWord(most)));
    }

    /// People and pages named only behind an end, each once, people first.
    private List<Facet> behind(int end) {
        Set<Object> known = new HashSet<>();
        url.ifPresent(known::add);
        text.facets().stream().filter(facet -> facet.start() < end).forEach(facet -> known.add(target(facet)));
        List<Facet> people = new ArrayList<>();
        List<Facet> pages = new ArrayList<>();
        for (Facet facet : text.facets()) {
            if (facet.start() >= end && !(facet instanceof Facet.Hashtag) && known.add(target(facet))) {
                (facet instanceof Facet.Mention ? people : pages).add(facet);
            }
        }
        people.addAll(pages);
        return people;
    }

    private static Object target(Facet facet) {
        return switch (facet) {
            case Facet.Mention mention -> mention.actor();
            case Facet.Link link -> link.target();
            case Facet.Hashtag tag -> tag.tag();
        };
    }

    private RichText kept(List<Facet> behind, List<Facet> dropped) {
        TextBuilder out = new TextBuilder();
        int graphemes = 0;
        int bytes = 0;
        for (Facet facet : behind) {
            String span = text.span(facet);
            String words =
                    facet instanceof Facet.Link link && !span.startsWith("@") ? ShownUrls.of(link.target()) : span;
            int count = Graphemes.count(words) + 1;
            int size = Graphemes.bytes(words) + 1;
            if (graphemes + count > MAX_KEPT || bytes + size > MAX_KEPT_BYTES) {
                dropped.add(facet);
                continue;
            }
            out.append(graphemes == 0 ? "" : " ");
            out.append(words, (start, end) -> moved(facet, start, end));
            graphemes += count;
            bytes += size;
        }
        return out.build();
    }

    private static Facet moved(Facet facet, int start, int end) {
        return switch (facet) {
            case Facet.Mention mention -> new Facet.Mention(start, end, mention.actor());
            case Facet.Link link -> new Facet.Link(start, end, link.target());
            case Facet.Hashtag tag -> new Facet.Hashtag(start, end, tag.tag());
        };
    }

    /// A word is not cut if the one before it ends near; scripts without spaces are cut between characters.
    private int beforeSplitWord(int end) {
        String words = text.text();
        if (end >= words.length() || Character.isWhitespace(words.charAt(end))) {
            return end;
        }
        for (int at = end; at > 0 && end - at < MAX_WORD; at--) {
            if (Character.isWhitespace(words.charAt(at - 1))) {
                return at;
            }
        }
        return end;
    }

    /// A name or a hashtag is kept whole or not at all; a link may be shown in part.
    private int beforeSplitFacet(int end) {
        for (Facet facet : text.facets()) {
            if (facet.start() < end && facet.end() > end && !(facet instanceof Facet.Link)) {
                return facet.start();
            }
        }
        return end;
    }

    private int stripEnd(int end) {
        int at = end;
        while (at > 0 && Character.isWhitespace(text.text().charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private RichText head(int end) {
        List<Facet> facets = text.facets().stream()
                .filter(facet -> facet.start() < end)
                .map(facet -> facet.end() > end && facet instanceof Facet.Link link
                        ? new Facet.Link(link.start(), end, link.target())
                        : facet)
                .filter(facet -> facet.end() <= end)
                .toList();
        return new RichText(text.text().substring(0, end), facets);
    }
}
