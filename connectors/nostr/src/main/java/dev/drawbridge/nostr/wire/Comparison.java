package dev.drawbridge.nostr.wire;

import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a relay says while sets are compared ([NIP-77](https://nips.nostr.com/77)).
///
/// @param name of the comparison
/// @param message empty if the relay ended it
record Comparison(String name, Optional<byte[]> message) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "[\"NEG-";

    static Optional<Comparison> read(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            JsonNode array = JSON.readTree(text);
            boolean goesOn = array.path(0).asString("").equals("NEG-MSG");
            Optional<byte[]> message =
                    goesOn ? Optional.of(HexFormat.of().parseHex(array.path(2).asString(""))) : Optional.empty();
            return Optional.of(new Comparison(array.path(1).asString(""), message));
        } catch (JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// @param filter as JSON
    static String open(String name, String filter, byte[] message) {
        return "[\"NEG-OPEN\",\"" + name + "\"," + filter + ",\"" + hex(message) + "\"]";
    }

    static String next(String name, byte[] message) {
        return "[\"NEG-MSG\",\"" + name + "\",\"" + hex(message) + "\"]";
    }

    static String close(String name) {
        return "[\"NEG-CLOSE\",\"" + name + "\"]";
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
