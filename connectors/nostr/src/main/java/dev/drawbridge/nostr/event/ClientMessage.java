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

    /// `COUNT`: how many match one of `filters` ([NIP-45](https://nips.nostr.com/45)).
    record Count(String query, List<Filter> filters) implements ClientMessage {
        public Count {
            filters = List.copyOf(filters);
        }
    }

    /// `AUTH`: who I am ([NIP-42](https://nips.nostr.com/42)). Says nothing about the event being right.
    record Authenticate(Event event) implements ClientMessage {}

    /// `NEG-OPEN`: compare what matches `filter` ([NIP-77](https://nips.nostr.com/77)).
    ///
    /// @param message in hexadecimal
    record NegOpen(String subscription, Filter filter, String message) implements ClientMessage {}

    /// `NEG-MSG`: the next step of a comparison.
    ///
    /// @param message in hexadecimal
    record NegNext(String subscription, String message) implements ClientMessage {}

    /// `NEG-CLOSE`: no more of that comparison.
    record NegClose(String subscription) implements ClientMessage {}

    /// A `NEG-OPEN` or `NEG-MSG` that cannot be served.
    record BadComparison(String subscription, String detail) implements ClientMessage {}

    /// An `EVENT` or `AUTH` whose event is not one.
    ///
    /// @param id what stands where its id should be, if anything does
    record BadEvent(String id, String detail) implements ClientMessage {}

    /// A `REQ` or `COUNT` that cannot be served.
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
            case Authenticate a -> "[\"AUTH\"," + a.event().json() + "]";
            case Request r -> asking("REQ", r.subscription(), r.filters());
            case Count c -> asking("COUNT", c.query(), c.filters());
            case Close c ->
                new RelayMessageWriter("CLOSE").text(c.subscription()).end();
            case NegOpen n ->
                new RelayMessageWriter("NEG-OPEN")
                        .text(n.subscription())
                        .raw(n.filter().json())
                        .text(n.message())
                        .end();
            case NegNext n ->
                new RelayMessageWriter("NEG-MSG")
                        .text(n.subscription())
                        .text(n.message())
                        .end();
            case NegClose n ->
                new RelayMessageWriter("NEG-CLOSE").text(n.subscription()).end();
            case BadEvent _, BadRequest _, BadComparison _, Unknown _ ->
                throw new IllegalStateException("nothing to send: " + this);
        };
    }

    private static String asking(String type, String name, List<Filter> filters) {
        var out = new RelayMessageWriter(type).text(name);
        filters.forEach(f -> out.raw(f.json()));
        return out.end();
    }
}
