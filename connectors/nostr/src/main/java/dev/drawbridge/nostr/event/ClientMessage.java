package dev.drawbridge.nostr.event;

import java.util.List;

/// What a client says to a relay ([NIP-01](https://nips.nostr.com/1)).
public sealed interface ClientMessage {
    /// `EVENT`: publish this.
    record Publish(Event event) implements ClientMessage {}

    /// `REQ`: send what matches one of `filters`, stored and from now on.
    ///
    /// @param subscription 1 to 64 characters, chosen by the client
    record Request(String subscription, List<Filter> filters) implements ClientMessage {
        public Request {
            filters = List.copyOf(filters);
        }
    }

    /// `CLOSE`: no more of that.
    record Close(String subscription) implements ClientMessage {}

    /// An `EVENT` whose event is not one.
    ///
    /// @param id what stands where its id should be, if anything does
    record BadEvent(String id, String detail) implements ClientMessage {}

    /// A `REQ` that cannot be served.
    ///
    /// @param unknownElements whether it is right and merely asks for something unknown here
    record BadRequest(String subscription, String detail, boolean unknownElements) implements ClientMessage {}

    /// Anything else.
    record Unknown(String detail) implements ClientMessage {}

    /// Reads what a client sent. Never throws.
    static ClientMessage read(String text) {
        return ClientMessageReader.read(text);
    }

    /// The message as JSON.
    ///
    /// @throws IllegalStateException if it is one of those that are only ever received
    default String json() {
        return switch (this) {
            case Publish p -> "[\"EVENT\"," + p.event().json() + "]";
            case Request r -> {
                var out = new StringBuilder("[\"REQ\",");
                CanonicalForm.string(r.subscription(), out);
                r.filters().forEach(f -> out.append(',').append(f.json()));
                yield out.append(']').toString();
            }
            case Close c -> {
                var out = new StringBuilder("[\"CLOSE\",");
                CanonicalForm.string(c.subscription(), out);
                yield out.append(']').toString();
            }
            case BadEvent _, BadRequest _, Unknown _ -> throw new IllegalStateException("nothing to send: " + this);
        };
    }
}
