package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import java.time.Instant;
import java.util.List;

/// Reads the events of one kind.
interface Inbound {
    /// @param envelope what the event came in
    Needs needs(Event event, NativeEvent envelope);

    Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved);

    static Instant at(Event event) {
        return Instant.ofEpochSecond(event.createdAt());
    }

    static NativeId author(Event event) {
        return NativeEvents.id(event.pubkey());
    }
}
