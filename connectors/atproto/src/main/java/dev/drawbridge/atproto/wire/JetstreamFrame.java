package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.syntax.Did;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads frames of the subprotocol `xrpc.v1.json` as the second version of Jetstream sends them: a message around one
/// event, or an error that ends the stream.
final class JetstreamFrame {
    private static final Logger LOG = LoggerFactory.getLogger(JetstreamFrame.class);
    private static final String TYPE = "network.bsky.jetstream.subscribeEvents#";
    private static final String INFO = TYPE + "info";
    private static final List<String> OF_A_COMMIT = List.of("rev", "operation", "collection", "rkey", "cid", "record");
    private static final int LONGEST_SHOWN = 200;

    private JetstreamFrame() {}

    /// @throws MalformedData if it is no frame
    static Optional<JetstreamEvent.Head> head(byte[] json) {
        Map<String, String> outside = new HashMap<>();
        Map<String, String> inside = new HashMap<>();
        try (JsonParser parser = JetstreamEvent.JSON.createParser(json)) {
            texts(parser, outside, inside);
        } catch (JacksonException e) {
            throw new MalformedData("not JSON", e);
        }
        return switch (outside.getOrDefault("$type", "")) {
            case "message" -> message(inside);
            case "error" -> {
                LOG.warn("the stream ends: {} {}", shown(outside, "error"), shown(outside, "message"));
                yield Optional.empty();
            }
            default -> throw new MalformedData("not a frame");
        };
    }

    /// Collects the texts of an object and of its `payload`, and skips everything else.
    private static void texts(JsonParser parser, Map<String, String> outside, Map<String, String> inside) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                outside.put(name, parser.getString());
            } else if (value == JsonToken.START_OBJECT && name.equals("payload")) {
                payload(parser, inside);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void payload(JsonParser parser, Map<String, String> inside) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                inside.put(name, parser.getString());
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Optional<JetstreamEvent.Head> message(Map<String, String> inside) {
        String type = inside.getOrDefault("$type", "");
        if (type.equals(INFO)) {
            LOG.warn("the server says {}: {}", shown(inside, "name"), shown(inside, "message"));
            return Optional.empty();
        }
        if (!type.startsWith(TYPE)) {
            throw new MalformedData("not an event");
        }
        Did did = Did.tryParse(inside.getOrDefault("did", ""))
                .orElseThrow(() -> new MalformedData("the event of nobody"));
        return Optional.of(new JetstreamEvent.Head(did, heard(inside), type.substring(TYPE.length())));
    }

    /// When the server heard of it. Servers may show another time than that, and older ones do not tell them apart.
    private static long heard(Map<String, String> inside) {
        String time = inside.getOrDefault("witnessedAt", inside.getOrDefault("time", ""));
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedData("an event at no time", e);
        }
    }

    private static String shown(Map<String, String> texts, String name) {
        String text = texts.getOrDefault(name, "").replaceAll("\\p{Cntrl}", " ");
        return text.substring(0, Math.min(LONGEST_SHOWN, text.length()));
    }

    /// The event as the first version says it.
    ///
    /// @throws MalformedData if it is not JSON, or too deep
    static JsonNode event(JetstreamEvent.Head head, byte[] json) {
        JsonNode payload = JetstreamEvent.tree(json).path("payload");
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("did", head.did().value())
                .put("time_us", head.position())
                .put("kind", head.kind());
        if (head.kind().equals("commit")) {
            ObjectNode commit = event.putObject("commit");
            OF_A_COMMIT.stream().filter(payload::has).forEach(name -> commit.set(name, payload.path(name)));
        } else {
            event.set(head.kind(), payload.path(head.kind()));
        }
        return event;
    }
}
