package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.util.ArrayList;
import java.util.List;

/// Divides a text that is too long into several that fit: where a paragraph ends, else a line, a sentence, a word.
/// People, hashtags and links stay whole.
final class TextSplit {
    /// More posts than this nobody wants to see in a row.
    static final int MAX_PARTS = 20;

    private static final String SENTENCE_ENDS = ".!?…";
    private static final String FULL_WIDTH_ENDS = "。！？";

    private final RichText text;
    private final int graphemes;
    private final int bytes;

    private TextSplit(RichText text, String before) {
        this.text = text;
        this.graphemes = PostText.MAX_GRAPHEMES - Graphemes.count(before);
        this.bytes = PostText.MAX_BYTES - Graphemes.bytes(before);
    }

    /// @param before what stands before each part
    /// @return the parts in order, without `before`; none if they were too many, or something of it fits in no part
    static List<RichText> split(RichText text, String before) {
        return new TextSplit(text, before).split();
    }

    private List<RichText> split() {
        List<RichText> parts = new ArrayList<>();
        int at = afterSpace(0);
        while (at < text.text().length()) {
            int end = end(at);
            if (end <= at || parts.size() == MAX_PARTS) {
                return List.of();
            }
            parts.add(slice(at, beforeSpace(at, end)));
            at = afterSpace(end);
        }
        return parts;
    }

    /// Where the part ends that begins at `from`; `from` itself if nothing fits.
    private int end(int from) {
        int most = from + Graphemes.prefix(text.text().substring(from), graphemes, bytes);
        if (most == text.text().length()) {
            return most;
        }
        int end = wholeFacet(from, goodPlace(from, most));
        return end > from ? end : wholeFacet(from, most);
    }

    /// The best place in the second half of what fits.
    private int goodPlace(int from, int most) {
        String words = text.text();
        int least = from + (most - from) / 2;
        int paragraph = words.lastIndexOf("\n\n", most);
        int line = words.lastIndexOf('\n', most);
        if (paragraph > least || line > least) {
            return paragraph > least ? paragraph : line;
        }
        int word = -1;
        for (int at = most; at > least; at--) {
            if (endsSentence(at)) {
                return at;
            }
            if (word < 0 && Character.isWhitespace(words.charAt(at))) {
                word = at;
            }
        }
        return word < 0 ? most : word;
    }

    private boolean endsSentence(int at) {
        String words = text.text();
        char last = words.charAt(at - 1);
        return FULL_WIDTH_ENDS.indexOf(last) >= 0
                || (SENTENCE_ENDS.indexOf(last) >= 0 && Character.isWhitespace(words.charAt(at)));
    }

    /// Before the facet that `end` would cut; what is longer than a part is cut after all.
    private int wholeFacet(int from, int end) {
        for (Facet facet : text.facets()) {
            if (facet.start() < end && facet.end() > end) {
                return facet.start() > from ? facet.start() : end;
            }
        }
        return end;
    }

    private RichText slice(int from, int to) {
        List<Facet> facets = text.facets().stream()
                .filter(facet -> facet.start() < to && facet.end() > from)
                .map(facet -> within(facet, from, to))
                .toList();
        return new RichText(text.text().substring(from, to), facets);
    }

    private static Facet within(Facet facet, int from, int to) {
        int start = Math.max(facet.start(), from) - from;
        int end = Math.min(facet.end(), to) - from;
        return switch (facet) {
            case Facet.Mention mention -> new Facet.Mention(start, end, mention.actor());
            case Facet.Hashtag tag -> new Facet.Hashtag(start, end, tag.tag());
            case Facet.Link link -> new Facet.Link(start, end, link.target());
        };
    }

    private int afterSpace(int from) {
        int at = from;
        while (at < text.text().length() && Character.isWhitespace(text.text().charAt(at))) {
            at++;
        }
        return at;
    }

    private int beforeSpace(int from, int end) {
        int at = end;
        while (at > from && Character.isWhitespace(text.text().charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
