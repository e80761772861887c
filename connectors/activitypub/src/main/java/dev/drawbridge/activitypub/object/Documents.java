package dev.drawbridge.activitypub.object;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Text to documents and back, within limits.
public final class Documents {
    /// The longest document we read or accept, in bytes.
    public static final int MAX_BYTES = 1_000_000;

    /// How deep a document may nest.
    public static final int MAX_DEPTH = 50;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_BYTES)
                            .build())
                    .build())
            .build();

    private Documents() {}

    /// Reads a document. Bytes that are not UTF-8 become replacement characters: some servers send such bytes.
    public static Reading<As2> parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return Reading.unreadable("document", "longer than " + MAX_BYTES + " bytes");
        }
        return parse(new String(bytes, StandardCharsets.UTF_8));
    }

    public static Reading<As2> parse(String text) {
        if (text.length() > MAX_BYTES) {
            return Reading.unreadable("document", "longer than " + MAX_BYTES + " bytes");
        }
        try {
            JsonNode node = mayHoldHalves(text) ? whole(JSON.readTree(text)) : JSON.readTree(text);
            return node.isObject() ? Reading.of(new As2(node)) : Reading.unreadable("document", "not a JSON object");
        } catch (StreamConstraintsException e) {
            return Reading.unreadable("document", "too deep, or a number or name too long: " + e.getOriginalMessage());
        } catch (JacksonException e) {
            // The message quotes the text, which may be a secret or a trap for whoever reads the log.
            return Reading.unreadable("document", "not JSON, at " + place(e.getLocation()));
        }
    }

    /// Half a character can only come from an escape: bytes that are none were replaced before.
    private static boolean mayHoldHalves(String text) {
        return text.contains("\\ud") || text.contains("\\uD");
    }

    /// The same with a replacement character for each half of one: nothing else can be written as UTF-8.
    private static JsonNode whole(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = object();
                object.properties().forEach(e -> copy.set(whole(e.getKey()), whole(e.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JSON.createArrayNode();
                array.forEach(item -> copy.add(whole(item)));
                yield copy;
            }
            case StringNode string -> StringNode.valueOf(whole(string.stringValue()));
            default -> node;
        };
    }

    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_16LE);
    }

    private static String place(TokenStreamLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public static String write(JsonNode node) {
        return JSON.writeValueAsString(node);
    }
}
