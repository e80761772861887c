package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.util.LinkedHashSet;
import java.util.Set;

/// The hashtags of a text.
final class Hashtags {
    private Hashtags() {}

    /// Without `#`, in the order they appear.
    static Set<String> of(RichText text) {
        Set<String> tags = new LinkedHashSet<>();
        for (Facet facet : text.facets()) {
            if (facet instanceof Facet.Hashtag hashtag) {
                tags.add(hashtag.tag());
            }
        }
        return tags;
    }
}
