package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Puts a [RichText] together, keeping facets in place.
final class TextBuilder {
    private final StringBuilder text = new StringBuilder();
    private final List<Facet> facets = new ArrayList<>();

    TextBuilder append(String plain) {
        text.append(plain);
        return this;
    }

    TextBuilder append(RichText rich) {
        int at = text.length();
        text.append(rich.text());
        rich.facets().forEach(facet -> facets.add(facet.shifted(at)));
        return this;
    }

    /// Appends a text that is one facet.
    ///
    /// @param made given the start and end of the text
    TextBuilder append(String span, FacetMaker made) {
        int start = text.length();
        text.append(span);
        if (!span.isEmpty()) {
            facets.add(made.make(start, text.length()));
        }
        return this;
    }

    /// Appends an address in a paragraph of its own, unless the text links there already.
    void link(URI target) {
        boolean there = facets.stream()
                .anyMatch(facet ->
                        facet instanceof Facet.Link link && link.target().equals(target));
        if (!there) {
            paragraph();
            append(target.toString(), (start, end) -> new Facet.Link(start, end, target));
        }
    }

    /// Appends a hashtag at the end, unless the text has it already.
    void hashtag(String tag) {
        boolean there = facets.stream()
                .anyMatch(facet -> facet instanceof Facet.Hashtag known
                        && known.tag().toLowerCase(Locale.ROOT).equals(tag.toLowerCase(Locale.ROOT)));
        if (there || tag.isBlank()) {
            return;
        }
        boolean afterTag = !facets.isEmpty()
                && facets.getLast() instanceof Facet.Hashtag
                && facets.getLast().end() == text.length();
        if (afterTag) {
            text.append(' ');
        } else {
            paragraph();
        }
        append("#" + tag, (start, end) -> new Facet.Hashtag(start, end, tag));
    }

    RichText build() {
        return new RichText(text.toString(), facets);
    }

    private void paragraph() {
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
    }

    /// Makes a facet for a span whose place is known only once it is appended.
    @FunctionalInterface
    interface FacetMaker {
        Facet make(int start, int end);
    }
}
