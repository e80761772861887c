package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.Did;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of the lexicons for the records the bridge writes. Consumers drop what breaks them without a word, so
/// nothing that does is ever committed.
public final class RecordRules {
    private static final int MAX_LANGS = 3;
    private static final int MAX_TAGS = 8;
    private static final int MAX_LABELS = 10;
    private static final int MAX_NAME = 64;
    private static final int MAX_BIO = 256;
    private static final int BYTES_PER_GRAPHEME = 10;

    private RecordRules() {}

    /// What is wrong with a record; empty if consumers will take it.
    public static Optional<String> problem(ObjectNode record) {
        try {
            refuseNulls(record);
            switch (Fields.string(record, "$type")) {
                case Lexicons.POST -> post(record);
                case Lexicons.LIKE, Lexicons.REPOST -> {
                    Fields.strongRef(record, "subject");
                    Fields.datetime(record, "createdAt");
                }
                case Lexicons.FOLLOW, Lexicons.BLOCK -> {
                    Fields.did(record, "subject");
                    Fields.datetime(record, "createdAt");
                }
                case Lexicons.PROFILE -> profile(record);
                default -> throw new BadField("$type", "is not a record the bridge writes");
            }
            return Optional.empty();
        } catch (BadField e) {
            return Optional.of(e.field() + " " + e.detail());
        }
    }

    private static void post(ObjectNode record) {
        String text = Fields.string(record, "text");
        limit("text", text, PostText.MAX_GRAPHEMES);
        Fields.datetime(record, "createdAt");
        Fields.optionalObject(record, "reply").ifPresent(reply -> {
            Fields.strongRef(reply, "root");
            Fields.strongRef(reply, "parent");
        });
        atMost("langs", Fields.strings(record, "langs").size(), MAX_LANGS);
        Fields.strings(record, "langs").forEach(RecordRules::language);
        atMost("tags", Fields.strings(record, "tags").size(), MAX_TAGS);
        Fields.strings(record, "tags").forEach(tag -> limit("tags", tag, FacetWriter.MAX_TAG_GRAPHEMES));
        long bytes = Graphemes.bytes(text);
        Fields.list(record, "facets").forEach(facet -> facet(facet, bytes));
        labels(record);
    }

    private static void profile(ObjectNode record) {
        Fields.optionalString(record, "displayName").ifPresent(name -> limit("displayName", name, MAX_NAME));
        Fields.optionalString(record, "description").ifPresent(bio -> limit("description", bio, MAX_BIO));
        labels(record);
    }

    private static void labels(ObjectNode record) {
        Fields.optionalObject(record, "labels")
                .ifPresent(
                        labels -> atMost("labels", Fields.list(labels, "values").size(), MAX_LABELS));
    }

    private static void facet(JsonNode facet, long textBytes) {
        long start = facet.path("index").path("byteStart").asLong(-1);
        long end = facet.path("index").path("byteEnd").asLong(-1);
        if (start < 0 || end <= start || end > textBytes) {
            throw new BadField("facets", "has a span outside the text");
        }
        for (JsonNode feature : facet.path("features")) {
            switch (feature.path("$type").asString("")) {
                case Lexicons.MENTION -> {
                    if (Did.tryParse(feature.path("did").asString("")).isEmpty()) {
                        throw new BadField("facets", "mentions something that is not a DID");
                    }
                }
                case Lexicons.LINK -> {
                    if (!FacetWriter.isUri(feature.path("uri").asString(""))) {
                        throw new BadField("facets", "links to something that is not a URI");
                    }
                }
                case Lexicons.TAG -> limit("facets", feature.path("tag").asString(""), FacetWriter.MAX_TAG_GRAPHEMES);
                default -> throw new BadField("facets", "has a span of unknown kind");
            }
        }
    }

    private static void language(String tag) {
        try {
            new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw new BadField("langs", "holds something that is not a language tag");
        }
    }

    /// The lexicons allow ten bytes for each grapheme.
    private static void limit(String field, String text, int graphemes) {
        if (!Graphemes.fits(text, graphemes, graphemes * BYTES_PER_GRAPHEME)) {
            throw new BadField(field, "is longer than " + graphemes + " characters");
        }
    }

    private static void atMost(String field, int size, int limit) {
        if (size > limit) {
            throw new BadField(field, "has more than " + limit + " items");
        }
    }

    private static void refuseNulls(JsonNode node) {
        if (node.isNull()) {
            throw new BadField("record", "holds null where a field must be left out");
        }
        node.forEach(RecordRules::refuseNulls);
    }
}
