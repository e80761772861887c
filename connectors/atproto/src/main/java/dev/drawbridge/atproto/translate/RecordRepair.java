package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.lexicon.Finding;
import dev.drawbridge.atproto.record.lexicon.Finding.Rule;
import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.atproto.record.lexicon.LexiconCatalog;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.Loss;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The last look at a record before it leaves the translator: what breaks its lexicon would be dropped by the network
/// without a word, so it is shortened or left out here, with a loss. A record that cannot be mended does not go.
final class RecordRepair {
    /// Each step takes something away, and no record of ours has more in it.
    private static final int MAX_STEPS = 200;

    /// Graphemes of texts that may be shortened; ten bytes each.
    private static final Map<String, Integer> TEXTS =
            Map.of("text", PostText.MAX_GRAPHEMES, "displayName", 64, "description", 256);

    private static final int BYTES_PER_GRAPHEME = 10;

    /// Arrays that are still worth something without one of their items.
    private static final Set<String> LISTS = Set.of("facets", "langs", "tags", "values", "images", "items");

    /// Fields of a record that it can do without.
    private static final Set<String> SPARE = Set.of(
            "facets",
            "langs",
            "tags",
            "labels",
            "embed",
            "avatar",
            "banner",
            "website",
            "pronouns",
            "pinnedPost",
            "displayName",
            "description",
            "via");

    private final RepoPath path;
    private final ObjectNode record;
    private final List<Loss> losses;

    private RecordRepair(RepoPath path, ObjectNode record, List<Loss> losses) {
        this.path = path;
        this.record = record;
        this.losses = losses;
    }

    /// @param record changed in place
    /// @return the same record
    /// @throws Uncrossable if it cannot be mended
    static ObjectNode mend(RepoPath path, ObjectNode record, List<Loss> losses) {
        var repair = new RecordRepair(path, record, losses);
        repair.spans();
        for (int step = 0; step < MAX_STEPS; step++) {
            List<Finding> findings = repair.findings();
            if (findings.isEmpty()) {
                return record;
            }
            Finding first = findings.getFirst();
            if (!repair.mended(first)) {
                throw new Uncrossable("the network would drop it: " + first);
            }
            repair.spans();
            losses.add(new Loss(first.path().getFirst(), "mended for the network: " + first));
        }
        throw new Uncrossable("the network would drop it: too much is wrong with it");
    }

    private List<Finding> findings() {
        try {
            return LexiconCatalog.bundled().check(path, DataJson.map(record));
        } catch (MalformedData | IllegalArgumentException e) {
            throw new Uncrossable("the network would drop it: " + e.getMessage());
        }
    }

    private boolean mended(Finding finding) {
        List<String> place = finding.path();
        String last = place.getLast();
        if (finding.rule() == Rule.MISSING
                && last.equals("alt")
                && parent(place, place.size() - 1) instanceof ObjectNode item) {
            item.put("alt", "");
            return true;
        }
        int ratio = place.indexOf("aspectRatio");
        if (ratio > 0 && finding.rule() != Rule.MISSING && parent(place, ratio) instanceof ObjectNode item) {
            return item.remove("aspectRatio") != null;
        }
        if (place.size() == 1 && finding.rule() == Rule.TOO_LONG && TEXTS.containsKey(last)) {
            return shortened(last);
        }
        return withoutItem(place, finding.rule()) || withoutField(place.getFirst());
    }

    private boolean shortened(String field) {
        int graphemes = TEXTS.getOrDefault(field, 0);
        String text = record.path(field).asString("");
        int end = Graphemes.prefix(text, graphemes - 1, graphemes * BYTES_PER_GRAPHEME - 3);
        record.put(field, text.substring(0, end) + "…");
        return true;
    }

    /// Takes away the item of the innermost list that the finding is in, or the last one of a list that is too long.
    private boolean withoutItem(List<String> place, Rule rule) {
        for (int at = place.size() - 1; at >= 0; at--) {
            if (LISTS.contains(place.get(at)) && parent(place, at + 1) instanceof ArrayNode list && !list.isEmpty()) {
                boolean inside = at + 1 < place.size();
                if (!inside && rule != Rule.TOO_LONG) {
                    return false;
                }
                list.remove(inside ? Integer.parseInt(place.get(at + 1)) : list.size() - 1);
                return !list.isEmpty() || withoutField(place.getFirst());
            }
        }
        return false;
    }

    /// A quote outlives the picture beside it.
    private boolean withoutField(String field) {
        JsonNode quote = record.path(field).path("record");
        boolean both = field.equals("embed")
                && record.path(field).path("$type").asString("").equals(Lexicons.RECORD_WITH_MEDIA)
                && quote.isObject();
        if (both) {
            ((ObjectNode) quote).put("$type", Lexicons.RECORD);
            record.set(field, quote);
            return true;
        }
        return SPARE.contains(field) && record.remove(field) != null;
    }

    /// The value `depth` steps inwards.
    private JsonNode parent(List<String> place, int depth) {
        JsonNode at = record;
        for (String step : place.subList(0, depth)) {
            at = at.isArray() ? at.path(Integer.parseInt(step)) : at.path(step);
        }
        return at;
    }

    /// Consumers take a span outside the text, and clients break over it.
    private void spans() {
        if (!(record.get("facets") instanceof ArrayNode facets)) {
            return;
        }
        long bytes = Graphemes.bytes(record.path("text").asString(""));
        for (int i = facets.size() - 1; i >= 0; i--) {
            long start = facets.path(i).path("index").path("byteStart").asLong(-1);
            long end = facets.path(i).path("index").path("byteEnd").asLong(-1);
            if (start < 0 || end <= start || end > bytes) {
                facets.remove(i);
                losses.add(new Loss("facet", "has a place outside the text"));
            }
        }
        if (facets.isEmpty()) {
            record.remove("facets");
        }
    }
}
