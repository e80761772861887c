package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Post;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What marks a record as a copy, and tells of its original: fields that clients and other bridges know
/// (`bridgyOriginalUrl`, `bridgyOriginalText`), and `drawbridge`, which names the original and has its whole text where
/// the record shows only a part.
final class Originals {
    /// Records are meant to stay small: some dozens of kilobytes.
    private static final int MAX_TEXT_BYTES = 30_000;

    private static final String OURS = "dev.drawbridge.original";

    private Originals() {}

    /// @param cut whether the record shows only a part of the text
    static void mark(ObjectNode record, Post post, boolean cut, List<Loss> losses) {
        record.put(Lexicons.ORIGINAL_URL, address(post.id(), post.url()));
        String html = Graphemes.storable(OriginalText.html(post.text()));
        boolean fits = Graphemes.bytes(html) <= MAX_TEXT_BYTES;
        if (fits) {
            record.put(Lexicons.ORIGINAL_TEXT, html);
        } else {
            losses.add(new Loss("text", "the whole of it is too long for a record: it is at the original"));
        }
        ObjectNode ours = record.putObject(Lexicons.OURS)
                .put("$type", OURS)
                .put("network", post.id().network().name())
                .put("id", post.id().value());
        if (cut && fits) {
            ours.put("text", Graphemes.storable(post.text().text()));
        }
    }

    /// The page a person can read, else the id, which is an address on some networks.
    static String address(NativeId id, Optional<URI> page) {
        return page.map(URI::toString)
                .orElseGet(
                        () -> FacetReader.uri(id.value()).map(URI::toString).orElse(id.network() + ":" + id.value()));
    }
}
