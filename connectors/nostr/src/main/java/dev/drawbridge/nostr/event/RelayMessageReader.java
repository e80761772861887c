package dev.drawbridge.nostr.event;

import dev.drawbridge.nostr.event.JsonInput.Refused;
import tools.jackson.core.JsonToken;

/// Reads what relays send.
final class RelayMessageReader {
    private static final int LONGEST_TEXT = 16_384;

    private RelayMessageReader() {}

    static RelayMessage message(JsonInput in) {
        in.expect(JsonToken.START_ARRAY, "message", "not an array");
        in.next();
        String type = in.string("message", 32);
        in.next();
        RelayMessage message = switch (type) {
            case "EVENT" -> sent(in);
            case "OK" -> ok(in);
            case "EOSE" -> endOfStored(in);
            case "CLOSED" -> new RelayMessage.Closed(text(in, "subscription"), optionalText(in));
            case "NOTICE" -> new RelayMessage.Notice(text(in, "notice"));
            case "AUTH" -> new RelayMessage.Challenge(text(in, "challenge"));
            case "COUNT" -> counted(in);
            case "NEG-MSG" -> compared(in);
            case "NEG-ERR" -> new RelayMessage.NegError(text(in, "subscription"), optionalText(in));
            default -> throw new Refused("message", "unknown type " + type);
        };
        while (!in.at(JsonToken.END_ARRAY)) {
            in.skip();
            in.next();
        }
        return message;
    }

    private static RelayMessage sent(JsonInput in) {
        String subscription = text(in, "subscription");
        Event event = new EventReader().event(in, false);
        in.next();
        return new RelayMessage.Sent(subscription, event);
    }

    private static RelayMessage ok(JsonInput in) {
        String id = text(in, "id");
        boolean accepted = in.bool("accepted");
        in.next();
        return new RelayMessage.Ok(id, accepted, optionalText(in));
    }

    private static RelayMessage endOfStored(JsonInput in) {
        String subscription = text(in, "subscription");
        boolean complete = in.at(JsonToken.VALUE_STRING) && "finish".equals(in.string("hint", LONGEST_TEXT));
        return new RelayMessage.EndOfStored(subscription, complete);
    }

    private static RelayMessage counted(JsonInput in) {
        String query = text(in, "query");
        in.expect(JsonToken.START_OBJECT, "count", "not an object");
        long count = -1;
        boolean approximate = false;
        while (in.next() != JsonToken.END_OBJECT) {
            String field = in.name();
            in.next();
            if (field.equals("count")) {
                count = in.natural("count");
            } else if (field.equals("approximate")) {
                approximate = in.at(JsonToken.VALUE_TRUE);
                in.skip();
            } else {
                in.skip();
            }
        }
        if (count < 0) {
            throw new Refused("count", "missing");
        }
        in.next();
        return new RelayMessage.Counted(query, count, approximate);
    }

    /// An answer that cannot be read ends the comparison as one does that the relay refused.
    private static RelayMessage compared(JsonInput in) {
        String subscription = text(in, "subscription");
        try {
            return new RelayMessage.NegAnswer(subscription, comparison(in));
        } catch (Refused unreadable) {
            return new RelayMessage.NegError(subscription, "invalid: " + unreadable.getMessage());
        }
    }

    private static String comparison(JsonInput in) {
        String text = in.string("message", Limits.DEFAULT.content());
        if (text.length() % 2 != 0 || !Hex.is(text, text.length())) {
            throw new Refused("message", "not lower-case hexadecimal");
        }
        in.next();
        return text;
    }

    private static String text(JsonInput in, String field) {
        String text = in.string(field, LONGEST_TEXT);
        in.next();
        return text;
    }

    private static String optionalText(JsonInput in) {
        return in.at(JsonToken.VALUE_STRING) ? text(in, "text") : "";
    }
}
