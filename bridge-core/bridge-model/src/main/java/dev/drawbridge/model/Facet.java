package dev.drawbridge.model;

import java.net.URI;

/// A typed span of a [RichText]. Positions are UTF-16 code units, `start` inclusive, `end` exclusive.
public sealed interface Facet {
    int start();

    int end();

    /// Somebody is addressed. The span is the text that names them, usually `@handle`.
    ///
    /// @param actor the person meant, as the source network names them
    record Mention(int start, int end, NativeId actor) implements Facet {}

    /// A hashtag.
    ///
    /// @param tag without the leading `#`, in the case the author used
    record Hashtag(int start, int end, String tag) implements Facet {}

    /// A link whose text may differ from its target.
    record Link(int start, int end, URI target) implements Facet {}

    /// The same facet, moved by `by` code units.
    default Facet shifted(int by) {
        return switch (this) {
            case Mention m -> new Mention(m.start + by, m.end + by, m.actor);
            case Hashtag h -> new Hashtag(h.start + by, h.end + by, h.tag);
            case Link l -> new Link(l.start + by, l.end + by, l.target);
        };
    }
}
