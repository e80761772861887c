package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Who an event will be by, if that is known: turns what shall be said into a draft.
///
/// @param key the ghost; empty where nothing was resolved
/// @param finish puts onto an event what every copy carries
record Speaker(Optional<PublicKey> key, UnaryOperator<EventTemplate> finish) {
    static Speaker of(Optional<NativeId> ghost, UnaryOperator<EventTemplate> finish) {
        return new Speaker(ghost.map(g -> new PublicKey(g.value())), finish);
    }

    Optional<EventId> id(EventTemplate event) {
        return key.map(k -> finish.apply(event).by(k).id());
    }

    /// Where an article will stand.
    Optional<NativeId> address(EventTemplate event) {
        return key.flatMap(k -> event.by(k).signed(new byte[64]).address()).map(NativeEvents::address);
    }

    /// @param copy the reference to what the draft makes
    NativeDraft draft(Optional<ObjectRef> copy, EventTemplate... events) {
        return new NativeDraft(
                key.map(NativeEvents::id),
                copy,
                Arrays.stream(events).map(this::document).toList());
    }

    NativeDraft draft(EventTemplate event, CopyHistory history) {
        return draft(id(event).map(history::ref), event);
    }

    private String document(EventTemplate event) {
        EventTemplate whole = finish.apply(event);
        return key.map(k -> whole.by(k).json()).orElseGet(whole::json);
    }
}
