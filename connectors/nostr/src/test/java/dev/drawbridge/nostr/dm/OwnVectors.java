package dev.drawbridge.nostr.dm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What nostr-tools wrote with keys of ours.
final class OwnVectors {
    static final JsonNode ALL = read();

    private OwnVectors() {}

    private static JsonNode read() {
        try (InputStream in = OwnVectors.class.getResourceAsStream("/vectors/private-messages.json")) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String field) {
        return ALL.get(field).asString();
    }

    static byte[] bytes(JsonNode node) {
        return HexFormat.of().parseHex(node.asString());
    }
}
