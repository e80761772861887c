package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads `app.bsky.richtext.facet` spans. A facet that does not fit its text is left out with a loss: the network
/// accepts such records, so they do occur.
final class FacetReader {
    private static final Set<String> WEB = Set.of("http", "https");
    /// Longer addresses are for machines, and no other network takes them.
    static final int LONGEST_PAGE = 2048;

    private FacetReader() {}

    static List<Facet> read(String text, List<JsonNode> facets, List<Loss> losses) {
        Utf8Positions positions = new Utf8Positions(text);
        List<Facet> found = new ArrayList<>();
        for (JsonNode facet : facets) {
            Optional<Facet> read = read(positions, facet);
            if (read.isEmpty()) {
                losses.add(new Loss("facet", "a span of the text had no place or no known meaning"));
            }
            read.ifPresent(found::add);
        }
        found.sort(Comparator.comparingInt(Facet::start).thenComparingInt(Facet::end));
        return withoutOverlaps(found, losses);
    }

    private static List<Facet> withoutOverlaps(List<Facet> sorted, List<Loss> losses) {
        List<Facet> kept = new ArrayList<>();
        int end = 0;
        for (Facet facet : sorted) {
            if (facet.start() < end) {
                losses.add(new Loss("facet", "a span of the text overlapped another one"));
            } else {
                kept.add(facet);
                end = facet.end();
            }
        }
        return kept;
    }

    private static Optional<Facet> read(Utf8Positions positions, JsonNode facet) {
        OptionalInt start = unit(positions, facet.path("index").path("byteStart"));
        OptionalInt end = unit(positions, facet.path("index").path("byteEnd"));
        if (start.isEmpty() || end.isEmpty() || start.getAsInt() >= end.getAsInt()) {
            return Optional.empty();
        }
        for (JsonNode feature : facet.path("features")) {
            Optional<Facet> known = feature(start.getAsInt(), end.getAsInt(), feature);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    private static OptionalInt unit(Utf8Positions positions, JsonNode position) {
        return position.isIntegralNumber() && position.canConvertToLong()
                ? positions.toUnit(position.longValue())
                : OptionalInt.empty();
    }

    private static Optional<Facet> feature(int start, int end, JsonNode feature) {
        return switch (feature.path("$type").asString("")) {
            case Lexicons.MENTION ->
                Did.tryParse(feature.path("did").asString(""))
                        .map(did -> new Facet.Mention(start, end, new NativeId(Network.ATPROTO, did.value())));
            case Lexicons.LINK ->
                page(feature.path("uri").asString("")).map(target -> new Facet.Link(start, end, target));
            case Lexicons.TAG ->
                Optional.of(feature.path("tag").asString("").strip())
                        .filter(tag -> !tag.isEmpty())
                        .map(tag -> new Facet.Hashtag(start, end, tag));
            default -> Optional.empty();
        };
    }

    /// A page that anybody may be sent to: the network lets any scheme into a link, also those that run what follows.
    static Optional<URI> page(String text) {
        return Optional.of(text)
                .filter(t -> t.length() <= LONGEST_PAGE)
                .flatMap(FacetReader::uri)
                .filter(FacetReader::isPage);
    }

    static boolean isPage(URI uri) {
        return uri.isAbsolute()
                && WEB.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                && uri.getRawAuthority() != null;
    }

    static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            return uri.isAbsolute() ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
