package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The second version: the same events in frames of their own, flat, with times for people.
class SecondJetstreamTest extends JetstreamStories {
    private static final String TYPE = "network.bsky.jetstream.subscribeEvents#";
    private static final String SHOWN = "2001-01-01T00:00:00.000000Z";
    private int seq;

    SecondJetstreamTest(MongoDatabase database) throws IOException {
        super(database, JetstreamVersion.SECOND);
    }

    @Override
    String wire(String event) {
        JsonNode first;
        try {
            first = JsonMapper.shared().readTree(event);
        } catch (tools.jackson.core.JacksonException e) {
            return event;
        }
        return frame(first, "witnessedAt").toString();
    }

    /// @param heard the field that says when the server heard of it
    private ObjectNode frame(JsonNode first, String heard) {
        String kind = first.path("kind").asString();
        ObjectNode payload = JsonMapper.shared().createObjectNode();
        // Nothing promises an order; what is long comes before what has to be known.
        if (kind.equals("commit") && first.path("commit").isObject()) {
            payload.setAll((ObjectNode) first.path("commit"));
        } else {
            payload.set(kind, first.path(kind));
        }
        payload.put("time", SHOWN);
        payload.put(
                heard,
                Instant.EPOCH
                        .plus(Math.min(first.path("time_us").asLong(), 1L << 56), ChronoUnit.MICROS)
                        .toString());
        payload.put("did", first.path("did").asString("")).put("seq", ++seq).put("$type", TYPE + kind);
        ObjectNode frame = JsonMapper.shared().createObjectNode();
        frame.set("payload", payload);
        return frame.put("$type", "message");
    }

    @Override
    List<String> asked() {
        return List.of(
                "/xrpc/network.bsky.jetstream.subscribeEvents?kinds=commit&kinds=identity&kinds=account&",
                "collections",
                "zstdDictionary=ID");
    }

    @Test
    void whatTheServerSaysOfTheStreamHasNoPlaceInIt() throws Exception {
        people.add(id(bob));
        var connection = started();
        connection.text("{\"$type\":\"message\",\"payload\":{\"$type\":\"" + TYPE
                + "info\",\"name\":\"OutdatedCursor\",\"message\":\"resumed from 7\"}}");
        connection.text("{\"$type\":\"error\",\"error\":\"ConsumerTooSlow\",\"message\":\"too slow\"}");
        connection.text(
                "{\"$type\":\"message\",\"payload\":{\"$type\":\"" + TYPE + "commit\",\"did\":\"" + bob + "\"}}");
        connection.text("{\"$type\":\"message\",\"payload\":{\"$type\":\"app.bsky.other#commit\",\"did\":\"" + bob
                + "\",\"time\":\"" + SHOWN + "\"}}");
        connection.text("{\"$type\":\"message\",\"payload\":[]}");
        connection.text("{\"$type\":\"hello\",\"payload\":{}}");
        connection.text(post(1, "a"));
        assertThat(next().id().value()).contains("/a#");
        cursorIs(1);
    }

    @Test
    void aServerThatKnowsOneTimeOnlyMeansThatOne() {
        JsonNode first = JsonMapper.shared()
                .readTree("{\"did\":\"%s\",\"time_us\":1772366400000123,\"kind\":\"identity\"}".formatted(bob));
        byte[] json = frame(first, "time").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(JetstreamFrame.head(json).orElseThrow().position()).isEqualTo(1_772_366_400_000_123L);
    }
}
