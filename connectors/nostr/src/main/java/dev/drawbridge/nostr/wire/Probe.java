package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import java.time.Duration;
import java.util.List;

/// A question that costs nothing, to hear whether a relay is still there.
final class Probe {
    static final Duration EVERY = Duration.ofSeconds(55);

    private static final String NAME = "alive";

    /// The question, and its end: nobody waits for what it finds.
    static final List<String> MESSAGES = List.of(
            new ClientMessage.Request(
                            NAME,
                            List.of(Filter.ANY
                                    .ids(List.of(new EventId("0".repeat(64))))
                                    .limit(1)))
                    .json(),
            new ClientMessage.Close(NAME).json());

    private Probe() {}
}
