package dev.drawbridge.nostr;

import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.nostr.http.RelayHub;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.Presentation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Speaks for ghosts: signs what they say and keeps it. The store holds what every relay should have, so a list that is
/// sent late is sent as it is now.
final class Voice {
    private static final int TRIES = 10;

    private final Signer signer;
    private final EventStore store;
    private final RelayHub hub;

    /// The time of the draft behind a stored list, where its own had to be later.
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    Voice(Signer signer, EventStore store, RelayHub hub) {
        this.signer = signer;
        this.store = store;
        this.hub = hub;
    }

    /// Signs an event, or finds it signed.
    Event sign(Presentation ghost, UnsignedEvent draft) {
        EventId id = draft.id();
        return store.find(id)
                .orElseGet(() -> draft.signed(signer.sign(ghost.keyRef(), SignatureScheme.BIP340, id.bytes())));
    }

    /// Stores an event and passes it on to who listens to our relay. Doing it twice has one effect; what was deleted
    /// stays deleted.
    void keep(Event event) {
        if (store.save(event) != EventStore.Saved.STORED) {
            return;
        }
        if (event.kind() == Kind.VANISH) {
            store.vanish(event.pubkey(), event.createdAt());
        }
        hub.published(event);
    }

    /// The event that shall stand at the draft's address from now on, stored. Its time is moved on where another says
    /// something else at that second or later, so that the last word wins everywhere.
    ///
    /// @param last whether the draft says how things are now; if not, it gives way to what is newer
    Event settle(Presentation ghost, UnsignedEvent draft, boolean last) {
        String address = draft.signed(new byte[64]).address().orElseThrow();
        for (int i = 0; i < TRIES; i++) {
            Optional<Event> current = store.at(address);
            if (current.filter(c -> says(c, draft) || (!last && outdates(c, address, draft)))
                    .isPresent()) {
                return current.get();
            }
            long free = Math.max(
                    current.map(c -> c.createdAt() + 1).orElse(0L),
                    Math.max(draft.createdAt() + i, store.vanishedUntil(ghost.key()) + 1));
            Event event = sign(ghost, draft.at(free));
            if (store.save(event) == EventStore.Saved.STORED) {
                heard.put(address, draft.createdAt());
                hub.published(event);
                return event;
            }
        }
        throw new IllegalStateException("cannot place an event at " + address);
    }

    private static boolean says(Event event, UnsignedEvent draft) {
        return event.content().equals(draft.content()) && event.tags().equals(draft.tags());
    }

    private boolean outdates(Event current, String address, UnsignedEvent draft) {
        return draft.createdAt() < heard.getOrDefault(address, current.createdAt());
    }

    /// The draft, not earlier than the last thing its author said here: what it erases goes by time.
    UnsignedEvent afterEverything(UnsignedEvent draft) {
        long latest = store.query(Filter.ANY.authors(List.of(draft.pubkey())), 1).stream()
                .mapToLong(Event::createdAt)
                .max()
                .orElse(0);
        return draft.at(Math.max(latest, draft.createdAt()));
    }
}
