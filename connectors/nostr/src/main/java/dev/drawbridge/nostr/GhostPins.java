package dev.drawbridge.nostr;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.translate.PinsOut;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The lists of what ghosts put first ([NIP-51](https://nips.nostr.com/51)), as they stand on our relay.
record GhostPins(EventStore store) {
    /// The whole list after a draft that may say only what changes on it.
    UnsignedEvent whole(UnsignedEvent draft) {
        Optional<Tag> change =
                draft.tags().stream().filter(t -> t.is(PinsOut.CHANGE)).findFirst();
        if (change.isEmpty()) {
            return draft;
        }
        Set<EventId> list = new LinkedHashSet<>(pinned(at(draft.pubkey())));
        List<EventId> named = draft.signed(new byte[64]).eventIds("e");
        if (change.get().value().equals(PinsOut.ADD)) {
            list.addAll(named);
        } else {
            list.removeAll(named);
        }
        return listing(draft, list);
    }

    /// The list after posts were taken back, if any of them is on it.
    ///
    /// @param instead what stands in their place
    Optional<UnsignedEvent> without(Collection<EventId> gone, Optional<EventId> instead, UnsignedEvent deletion) {
        Optional<Event> current = at(deletion.pubkey());
        List<EventId> before = pinned(current);
        if (before.stream().noneMatch(gone::contains)) {
            return Optional.empty();
        }
        Set<EventId> list = new LinkedHashSet<>();
        before.forEach(id -> (gone.contains(id) ? instead : Optional.of(id)).ifPresent(list::add));
        return current.map(c -> listing(c.unsigned().at(deletion.createdAt()), list));
    }

    private Optional<Event> at(PublicKey ghost) {
        return store.at(Kind.PINS + ":" + ghost.hex() + ":");
    }

    private static List<EventId> pinned(Optional<Event> list) {
        return list.map(l -> l.eventIds("e")).orElse(List.of());
    }

    private static UnsignedEvent listing(UnsignedEvent event, Collection<EventId> list) {
        List<Tag> tags = new ArrayList<>();
        list.forEach(id -> tags.add(Tag.of("e", id.hex())));
        event.tags().stream().filter(t -> !t.is("e") && !t.is(PinsOut.CHANGE)).forEach(tags::add);
        return new UnsignedEvent(event.pubkey(), event.createdAt(), event.kind(), tags, event.content());
    }
}
