package dev.drawbridge.nostr.event;

import dev.drawbridge.nostr.event.JsonInput.Refused;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;

/// Reads what clients send. One use per message, because it remembers how far it came.
final class ClientMessageReader {
    private static final int LONGEST_SUBSCRIPTION = 64;

    private enum Place {
        START,
        EVENT,
        REQ,
        CLOSE
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
            case START, CLOSE -> new ClientMessage.Unknown(bad.toString());
        };
    }

    private ClientMessage message(JsonInput in) {
        in.expect(JsonToken.START_ARRAY, "message", "not an array");
        in.next();
        String type = in.string("message", 32);
        in.next();
        return switch (type) {
            case "EVENT" -> publish(in);
            case "REQ" -> request(in);
            case "CLOSE" -> close(in);
            default -> throw new Refused("message", "unknown type " + type);
        };
    }

    private ClientMessage publish(JsonInput in) {
        place = Place.EVENT;
        Event read = event.event(in, false);
        end(in);
        return new ClientMessage.Publish(read);
    }

    private ClientMessage request(JsonInput in) {
        String name = subscription(in);
        place = Place.REQ;
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
        return new ClientMessage.Request(name, filters);
    }

    private ClientMessage close(JsonInput in) {
        place = Place.CLOSE;
        String name = subscription(in);
        end(in);
        return new ClientMessage.Close(name);
    }

    private String subscription(JsonInput in) {
        String name = in.string("subscription", 1_000);
        subscription = name;
        if (name.isEmpty() || name.length() > LONGEST_SUBSCRIPTION) {
            place = Place.REQ;
            throw new Refused("subscription", "must have 1 to " + LONGEST_SUBSCRIPTION + " characters");
        }
        return name;
    }

    private static void end(JsonInput in) {
        if (in.next() != JsonToken.END_ARRAY) {
            throw new Refused("message", "too many elements");
        }
    }
}
