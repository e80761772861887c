package dev.drawbridge.nostr.event;

/// What a relay says to a client ([NIP-01](https://nips.nostr.com/1)).
public sealed interface RelayMessage {
    /// `EVENT`: this matches what was asked for.
    record Sent(String subscription, Event event) implements RelayMessage {}

    /// `OK`: what became of a published event.
    ///
    /// @param message starts with a word for machines and a colon if `accepted` is false
    record Ok(String id, boolean accepted, String message) implements RelayMessage {}

    /// `EOSE`: everything stored was sent; what follows is new.
    ///
    /// @param complete whether the relay says that nothing was held back by a limit (NIP-67)
    record EndOfStored(String subscription, boolean complete) implements RelayMessage {}

    /// `CLOSED`: the relay ended a subscription, or refused it.
    record Closed(String subscription, String message) implements RelayMessage {}

    /// `NOTICE`: something for people to read.
    record Notice(String message) implements RelayMessage {}

    /// `AUTH`: prove who you are ([NIP-42](https://nips.nostr.com/42)).
    record Challenge(String challenge) implements RelayMessage {}

    /// `COUNT`: how many there are ([NIP-45](https://nips.nostr.com/45)).
    ///
    /// @param approximate whether it is another number in truth
    record Counted(String query, long count, boolean approximate) implements RelayMessage {}

    /// `NEG-MSG`: the answer within a comparison ([NIP-77](https://nips.nostr.com/77)).
    ///
    /// @param message in hexadecimal
    record NegAnswer(String subscription, String message) implements RelayMessage {}

    /// `NEG-ERR`: the relay ended a comparison, or refused it.
    record NegError(String subscription, String reason) implements RelayMessage {}

    /// Reads what a relay sent. Never throws.
    static Reading<RelayMessage> read(String text) {
        return JsonInput.read(text, RelayMessageReader::message);
    }

    /// The message as JSON.
    default String json() {
        return switch (this) {
            case Sent s -> sent(s.subscription(), s.event().json());
            case Ok ok ->
                new RelayMessageWriter("OK")
                        .text(ok.id())
                        .raw(Boolean.toString(ok.accepted()))
                        .text(ok.message())
                        .end();
            case EndOfStored e -> {
                var out = new RelayMessageWriter("EOSE").text(e.subscription());
                yield (e.complete() ? out.text("finish") : out).end();
            }
            case Closed c ->
                new RelayMessageWriter("CLOSED")
                        .text(c.subscription())
                        .text(c.message())
                        .end();
            case Notice n -> new RelayMessageWriter("NOTICE").text(n.message()).end();
            case Challenge c ->
                new RelayMessageWriter("AUTH").text(c.challenge()).end();
            case Counted c ->
                new RelayMessageWriter("COUNT")
                        .text(c.query())
                        .raw("{\"count\":" + c.count() + (c.approximate() ? ",\"approximate\":true}" : "}"))
                        .end();
            case NegAnswer n ->
                new RelayMessageWriter("NEG-MSG")
                        .text(n.subscription())
                        .text(n.message())
                        .end();
            case NegError n ->
                new RelayMessageWriter("NEG-ERR")
                        .text(n.subscription())
                        .text(n.reason())
                        .end();
        };
    }

    /// A [Sent] whose event is already JSON: written once for all subscribers.
    static String sent(String subscription, String eventJson) {
        return new RelayMessageWriter("EVENT").text(subscription).raw(eventJson).end();
    }
}
