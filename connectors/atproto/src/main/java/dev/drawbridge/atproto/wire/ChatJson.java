package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.syntax.Datetime;
import dev.drawbridge.atproto.record.syntax.Did;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads the few fields that matter of what a chat service answers. Everything beside them is passed over unread:
/// messages come with records that strangers chose, and what is odd about one must not keep anybody from the others.
///
/// Spec: lexicon `chat.bsky.convo.defs`
final class ChatJson {
    private static final String NEW_MESSAGE = "chat.bsky.convo.defs#logCreateMessage";
    private static final String MESSAGE = "chat.bsky.convo.defs#messageView";
    private static final Set<String> ENTRY =
            Set.of("$type", "message.$type", "message.id", "message.text", "message.sentAt", "message.sender.did");
    private static final Set<String> CONVERSATION = Set.of("convo.id");

    /// What is skipped costs nothing but its depth.
    private static final int DEEPEST = 100_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private ChatJson() {}

    /// A page of a log; empty if it is none.
    static Optional<ChatClient.Page> page(byte[] json) {
        List<ChatClient.Message> messages = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        try (JsonParser parser = parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("cursor") && value == JsonToken.VALUE_STRING) {
                    cursor = Optional.of(parser.getString()).filter(text -> !text.isEmpty());
                } else if (name.equals("logs") && value == JsonToken.START_ARRAY) {
                    entries(parser, messages);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return Optional.of(new ChatClient.Page(messages, cursor));
    }

    /// The id of a conversation; empty if it is none.
    static Optional<String> conversation(byte[] json) {
        try (JsonParser parser = parser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? Optional.ofNullable(texts(parser, CONVERSATION).get("convo.id"))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// As text: bytes that are no UTF-8 are replaced and not complained of.
    private static JsonParser parser(byte[] json) {
        return JSON.createParser(ObjectReadContext.empty(), new String(json, StandardCharsets.UTF_8));
    }

    private static void entries(JsonParser parser, List<ChatClient.Message> messages) {
        JsonToken entry = parser.nextToken();
        while (entry != JsonToken.END_ARRAY) {
            if (entry == JsonToken.START_OBJECT) {
                message(texts(parser, ENTRY)).ifPresent(messages::add);
            } else {
                parser.skipChildren();
            }
            entry = parser.nextToken();
        }
    }

    /// A message that was taken back, or that is no message, is none.
    private static Optional<ChatClient.Message> message(Map<String, String> entry) {
        Optional<String> id = Optional.ofNullable(entry.get("message.id"));
        Optional<Did> sender =
                Optional.ofNullable(entry.get("message.sender.did")).flatMap(Did::tryParse);
        Optional<String> text = Optional.ofNullable(entry.get("message.text"));
        Optional<Instant> at = Optional.ofNullable(entry.get("message.sentAt")).flatMap(Datetime::tryParse);
        boolean whole = NEW_MESSAGE.equals(entry.get("$type"))
                && MESSAGE.equals(entry.get("message.$type"))
                && id.isPresent()
                && sender.isPresent()
                && text.isPresent()
                && at.isPresent();
        return whole
                ? Optional.of(new ChatClient.Message(id.get(), sender.get(), text.get(), at.get()))
                : Optional.empty();
    }

    /// The texts at these paths of the object that the parser has just entered; leaves it behind its end.
    private static Map<String, String> texts(JsonParser parser, Set<String> paths) {
        Map<String, String> found = new HashMap<>();
        collect(parser, "", paths, found);
        return found;
    }

    private static void collect(JsonParser parser, String above, Set<String> paths, Map<String, String> found) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String path = above + parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && paths.contains(path)) {
                found.put(path, parser.getString());
            } else if (value == JsonToken.START_OBJECT
                    && paths.stream().anyMatch(wanted -> wanted.startsWith(path + "."))) {
                collect(parser, path + ".", paths, found);
            } else {
                parser.skipChildren();
            }
        }
    }
}
