package dev.drawbridge.nostr.event;

import dev.drawbridge.nostr.event.JsonInput.Refused;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;

/// Reads what clients send. One use per message, because it remembers how far it came.
final class ClientMessageReader {
    private static final int LONGEST_SUBSCRIPTION = 64;
    private static final int LONGEST_COMPARISON = Limits.DEFAULT.content();

    private enum Place {
        START,
        EVENT,
        REQ,
        CLOSE,
        COMPARISON
    }

    private final EventReader event = new EventReader();
    private Place place = Place.START;
    private String subscription = "";

    private ClientMessageReader() {}

    static ClientMessage read(String text) {
        var reader = new ClientMessageReader();
        return switch (JsonInput.read(text, reader::message)) {
            case Reading.Read<ClientMessage> read -> read.value();
            case Reading.Unreadable<ClientMessage> bad -> reader.refusal(bad);
        };
    }

    private ClientMessage refusal(Reading.Unreadable<ClientMessage> bad) {
        return switch (place) {
            case EVENT -> new ClientMessage.BadEvent(event.id().orElse(""), bad.toString());
            case REQ ->
                new ClientMessage.BadRequest(
                        subscription, bad.toString(), bad.detail().startsWith(FilterReader.UNKNOWN));
            case COMPARISON -> new ClientMessage.BadComparison(subscription, bad.toString());
            case START, CLOSE -> new ClientMessage.Unknown(bad.toString());
        };
    }

    private ClientMessage message(JsonInput in) {
        in.expect(JsonToken.START_ARRAY, "message", "not an array");
        in.next();
        String type = in.string("message", 32);
        in.next();
        return switch (type) {
            case "EVENT" -> new ClientMessage.Publish(event(in));
            case "AUTH" -> new ClientMessage.Authenticate(event(in));
            case "REQ" -> new ClientMessage.Request(subscription(in, Place.REQ), filters(in));
            case "COUNT" -> new ClientMessage.Count(subscription(in, Place.REQ), filters(in));
            case "CLOSE" -> new ClientMessage.Close(last(in, Place.CLOSE));
            case "NEG-OPEN" -> compare(in);
            case "NEG-MSG" -> {
                String name = subscription(in, Place.COMPARISON);
                in.next();
                yield new ClientMessage.NegNext(name, comparison(in));
            }
            case "NEG-CLOSE" -> new ClientMessage.NegClose(last(in, Place.COMPARISON));
            default -> throw new Refused("message", "unknown type " + type);
        };
    }

    private Event event(JsonInput in) {
        place = Place.EVENT;
        Event read = event.event(in, false);
        end(in);
        return read;
    }

    private ClientMessage compare(JsonInput in) {
        String name = subscription(in, Place.COMPARISON);
        in.next();
        Filter filter = FilterReader.filter(in);
        in.next();
        return new ClientMessage.NegOpen(name, filter, comparison(in));
    }

    private static String comparison(JsonInput in) {
        String message = in.string("message", LONGEST_COMPARISON);
        if (message.length() % 2 != 0 || !Hex.is(message, message.length())) {
            throw new Refused("message", "not lower-case hexadecimal");
        }
        end(in);
        return message;
    }

    private static List<Filter> filters(JsonInput in) {
        List<Filter> filters = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            if (filters.size() >= Limits.DEFAULT.filters()) {
                throw new Refused("filter", "more than " + Limits.DEFAULT.filters());
            }
            filters.add(FilterReader.filter(in));
        }
        if (filters.isEmpty()) {
            throw new Refused("filter", "missing");
        }
        return filters;
    }

    private String last(JsonInput in, Place where) {
        String name = subscription(in, where);
        end(in);
        return name;
    }

    private String subscription(JsonInput in, Place where) {
        String name = in.string("subscription", 1_000);
        subscription = name;
        place = where == Place.CLOSE ? Place.REQ : where;
        if (name.isEmpty() || name.length() > LONGEST_SUBSCRIPTION) {
            throw new Refused("subscription", "must have 1 to " + LONGEST_SUBSCRIPTION + " characters");
        }
        place = where;
        return name;
    }

    private static void end(JsonInput in) {
        if (in.next() != JsonToken.END_ARRAY) {
            throw new Refused("message", "too many elements");
        }
    }
}
