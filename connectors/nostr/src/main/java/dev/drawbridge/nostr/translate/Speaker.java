package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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

    /// What an event is called by: an article by where it stands, everything else by its id.
    Optional<NativeId> place(EventTemplate event) {
        return event.kind() == Kind.ARTICLE ? address(event) : id(event).map(NativeEvents::id);
    }

    /// @param copy the reference to what the draft makes
    NativeDraft draft(Optional<ObjectRef> copy, EventTemplate... events) {
        return new NativeDraft(
                key.map(NativeEvents::id),
                copy,
                Arrays.stream(events).map(this::document).toList());
    }

    /// What is said beside a copy that stays as it is.
    ///
    /// @param after what goes behind it and is no part of the copy
    NativeDraft beside(ObjectRef copy, EventTemplate event, EventTemplate... after) {
        Set<NativeId> parts = id(event).map(NativeEvents::id).map(Set::of).orElse(Set.of());
        List<String> documents = Stream.concat(Stream.of(event), Stream.of(after))
                .map(this::document)
                .toList();
        return new NativeDraft(key.map(NativeEvents::id), Optional.of(copy), documents, parts);
    }

    NativeDraft draft(EventTemplate event, CopyHistory history) {
        if (key.isEmpty()) {
            return draft(Optional.empty(), event);
        }
        UnsignedEvent whole = finish.apply(event).by(key.get());
        EventId id = whole.id();
        return new NativeDraft(key.map(NativeEvents::id), Optional.of(history.ref(id)), List.of(whole.json(id)));
    }

    private String document(EventTemplate event) {
        EventTemplate whole = finish.apply(event);
        return key.map(k -> whole.by(k).json()).orElseGet(whole::json);
    }
}
