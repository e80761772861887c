package dev.drawbridge.activitypub.object;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
            JsonNode node = JSON.readTree(text);
            return node.isObject() ? Reading.of(new As2(node)) : Reading.unreadable("document", "not a JSON object");
        } catch (StreamConstraintsException e) {
            return Reading.unreadable("document", "too deep, or a number or name too long: " + e.getOriginalMessage());
        } catch (JacksonException e) {
            // The message quotes the text, which may be a secret or a trap for whoever reads the log.
            return Reading.unreadable("document", "not JSON, at " + place(e.getLocation()));
        }
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
