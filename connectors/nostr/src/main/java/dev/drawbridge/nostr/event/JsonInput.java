package dev.drawbridge.nostr.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads strict JSON token by token within [Limits]. One use per text.
final class JsonInput {
    /// Longer than the longest follow list anybody has.
    private static final int LONGEST_TEXT = 4_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.DEFAULT.depth())
                    .maxStringLength(Limits.DEFAULT.content())
                    .maxNumberLength(20)
                    .maxNameLength(64)
                    .maxDocumentLength(LONGEST_TEXT)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// Remote data that is not what it should be. Never leaves this package.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String field;

        Refused(String field, String detail) {
            super(detail, null, false, false);
            this.field = field;
        }

        String field() {
            return field;
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    private final JsonParser parser;

    private JsonInput(JsonParser parser) {
        this.parser = parser;
    }

    /// Runs `read` on `text`, which must hold exactly one value.
    static <T> Reading<T> read(String text, java.util.function.Function<JsonInput, T> read) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            var input = new JsonInput(parser);
            input.next();
            T value = read.apply(input);
            if (input.next() != null) {
                throw new Refused("json", "something follows the end");
            }
            return new Reading.Read<>(value);
        } catch (Refused e) {
            return new Reading.Unreadable<>(e.field(), e.detail());
        } catch (JacksonException e) {
            return new Reading.Unreadable<>("json", "not JSON as it should be: " + firstLine(e));
        }
    }

    private static String firstLine(JacksonException e) {
        String message = e.getOriginalMessage();
        String line =
                message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
        return line.length() > 160 ? line.substring(0, 160) : line;
    }

    @org.jspecify.annotations.Nullable
    JsonToken next() {
        return parser.nextToken();
    }

    boolean at(JsonToken token) {
        return parser.currentToken() == token;
    }

    void expect(JsonToken token, String field, String problem) {
        if (!at(token)) {
            throw new Refused(field, problem);
        }
    }

    /// The text at hand.
    String string(String field, int limit) {
        expect(JsonToken.VALUE_STRING, field, "not a string");
        String text = parser.getString();
        if (text.length() > limit) {
            throw new Refused(field, "longer than " + limit);
        }
        if (hasLoneSurrogate(text)) {
            throw new Refused(field, "not valid Unicode");
        }
        return text;
    }

    /// The whole number at hand, not negative.
    long natural(String field) {
        expect(JsonToken.VALUE_NUMBER_INT, field, "not a whole number");
        String digits = parser.getString();
        if (digits.startsWith("-") || digits.length() > 15) {
            throw new Refused(field, "out of range");
        }
        return Long.parseLong(digits);
    }

    boolean bool(String field) {
        if (at(JsonToken.VALUE_TRUE) || at(JsonToken.VALUE_FALSE)) {
            return at(JsonToken.VALUE_TRUE);
        }
        throw new Refused(field, "neither true nor false");
    }

    /// The key at hand.
    String name() {
        return parser.currentName();
    }

    /// Reads the array at hand, calling `item` on each of its elements.
    <T> List<T> array(String field, int limit, Supplier<T> item) {
        expect(JsonToken.START_ARRAY, field, "not an array");
        List<T> items = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            if (items.size() >= limit) {
                throw new Refused(field, "more than " + limit + " elements");
            }
            items.add(item.get());
        }
        return items;
    }

    /// Passes over the value at hand.
    void skip() {
        parser.skipChildren();
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
