package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a Jetstream server sends, no further than it takes.
final class JetstreamEvent {
    /// Deeper than any record.
    private static final int DEEPEST = 100;

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private JetstreamEvent() {}

    /// What every event begins with.
    ///
    /// @param position when the server got it, in microseconds
    /// @param kind `commit`, `identity`, `account`; others may come
    record Head(Did did, long position, String kind) {}

    /// What a commit event is about.
    ///
    /// @param operation `create`, `update` or `delete`
    record Change(RepoPath path, String operation, Optional<String> rev) {}

    /// @throws MalformedData if it is no event
    static Head head(byte[] json) {
        String did = null;
        String kind = null;
        long position = -1;
        try (JsonParser parser = JSON.createParser(json)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            while (object
                    && (did == null || kind == null || position < 0)
                    && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("did") && value == JsonToken.VALUE_STRING) {
                    did = parser.getString();
                } else if (name.equals("kind") && value == JsonToken.VALUE_STRING) {
                    kind = parser.getString();
                } else if (name.equals("time_us") && value == JsonToken.VALUE_NUMBER_INT) {
                    position = parser.getLongValue();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new MalformedData("not JSON", e);
        }
        if (did == null || kind == null || position < 0) {
            throw new MalformedData("not an event");
        }
        String whose = did;
        return new Head(
                Did.tryParse(whose).orElseThrow(() -> new MalformedData("the event of nobody")), position, kind);
    }

    /// All of it.
    ///
    /// @throws MalformedData if it is not JSON, or too deep
    static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new MalformedData("not JSON", e);
        }
    }

    /// What an event changed; empty if it does not say that in a way that we know.
    static Optional<Change> change(JsonNode event) {
        JsonNode commit = event.path("commit");
        String operation = commit.path("operation").asString("");
        return RepoPath.tryParse(commit.path("collection").asString("")
                        + '/'
                        + commit.path("rkey").asString(""))
                .map(path -> new Change(
                        path,
                        operation,
                        Optional.of(commit.path("rev").asString("")).filter(rev -> !rev.isEmpty())));
    }
}
