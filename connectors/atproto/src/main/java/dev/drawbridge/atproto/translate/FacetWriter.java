package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.WebUri;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes facets with positions in UTF-8 bytes. What consumers would drop the whole record for is left out with a loss.
final class FacetWriter {
    static final int MAX_TAG_GRAPHEMES = 64;
    static final int MAX_TAG_BYTES = 640;

    private FacetWriter() {}

    /// @param text what is posted; mentions name people of this network
    static ArrayNode write(RichText text, List<Loss> losses) {
        Utf8Positions positions = new Utf8Positions(text.text());
        ArrayNode facets = JsonNodeFactory.instance.arrayNode();
        for (Facet facet : text.facets()) {
            Optional<ObjectNode> feature = feature(facet);
            int start = positions.toByte(facet.start());
            int end = positions.toByte(facet.end());
            if (feature.isEmpty() || start < 0 || end < 0) {
                losses.add(new Loss("facet", "the network does not take this span: " + text.span(facet)));
                continue;
            }
            ObjectNode written = facets.addObject();
            written.putObject("index").put("byteStart", start).put("byteEnd", end);
            written.putArray("features").add(feature.get());
        }
        return facets;
    }

    private static Optional<ObjectNode> feature(Facet facet) {
        return switch (facet) {
            case Facet.Mention mention ->
                Optional.of(mention.actor())
                        .filter(actor -> actor.network().equals(Network.ATPROTO))
                        .flatMap(actor -> Did.tryParse(actor.value()))
                        .map(did -> typed(Lexicons.MENTION).put("did", did.value()));
            case Facet.Hashtag hashtag ->
                Optional.of(hashtag.tag())
                        .filter(tag -> !tag.isBlank() && Graphemes.fits(tag, MAX_TAG_GRAPHEMES, MAX_TAG_BYTES))
                        .map(tag -> typed(Lexicons.TAG).put("tag", tag));
            case Facet.Link link ->
                Optional.of(link.target())
                        .filter(FacetReader::isPage)
                        .map(URI::toASCIIString)
                        .filter(uri -> uri.length() <= FacetReader.LONGEST_PAGE && isUri(uri))
                        .map(uri -> typed(Lexicons.LINK).put("uri", uri));
        };
    }

    static boolean isUri(String text) {
        return WebUri.hasSyntax(text);
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("$type", type);
    }
}
