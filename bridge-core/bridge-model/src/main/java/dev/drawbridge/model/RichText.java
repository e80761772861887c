package dev.drawbridge.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Plain text with typed spans: what every network's text becomes here. Lines are separated by `\n`, paragraphs by
/// `\n\n`.
///
/// @param text the text as a reader would see it, without markup
/// @param facets sorted by start, inside the text, not overlapping
public record RichText(String text, List<Facet> facets) {
    public static final RichText EMPTY = new RichText("", List.of());

    public RichText {
        facets = sorted(facets);
        int end = 0;
        for (Facet facet : facets) {
            if (facet.start() < end || facet.end() <= facet.start() || facet.end() > text.length()) {
                throw new IllegalArgumentException("facet outside the text or overlapping: " + facet);
            }
            end = facet.end();
        }
    }

    private static List<Facet> sorted(List<Facet> facets) {
        if (facets.size() < 2) {
            return List.copyOf(facets);
        }
        var sorted = new ArrayList<>(facets);
        sorted.sort(Comparator.comparingInt(Facet::start).thenComparingInt(Facet::end));
        return List.copyOf(sorted);
    }

    public static RichText plain(String text) {
        return new RichText(text, List.of());
    }

    /// The text a facet covers.
    public String span(Facet facet) {
        return text.substring(facet.start(), facet.end());
    }
}
