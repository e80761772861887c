package dev.drawbridge.nostr;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.nostr.store.NostrStore;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.wire.RelayPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Delivers drafts: to our own relay by storing them, to others by publishing them.
final class NostrDelivery {
    private static final String OWN = "own";

    private final NostrStore store;
    private final Voice voice;
    private final RelayPool pool;

    NostrDelivery(NostrStore store, Voice voice, RelayPool pool) {
        this.store = store;
        this.voice = voice;
        this.pool = pool;
    }

    /// Our own relay as somebody who reads there is found.
    static Destination own() {
        return new Destination(Network.NOSTR, OWN);
    }

    /// Our own relay as the place of one author: what they say waits for nobody else's to be stored.
    static Destination own(NativeId author) {
        return new Destination(Network.NOSTR, OWN + ' ' + author.key());
    }

    private static boolean isOwn(Destination destination) {
        return destination.address().equals(OWN) || destination.address().startsWith(OWN + ' ');
    }

    /// @throws IllegalArgumentException if the draft or the destination is not one of ours
    DeliveryOutcome deliver(NativeDraft draft, Destination destination) {
        Presentation ghost = ghost(draft);
        boolean own = isOwn(destination);
        List<Event> events = new ArrayList<>();
        for (String document : draft.documents()) {
            UnsignedEvent said = read(document);
            if (!said.pubkey().equals(ghost.key())) {
                throw new IllegalArgumentException("a draft of " + ghost.key() + " speaks for " + said.pubkey());
            }
            events.addAll(events(ghost, said, own));
        }
        if (own) {
            events.forEach(voice::keep);
            return new DeliveryOutcome.Delivered(draft.copy());
        }
        return publish(events, draft, destination);
    }

    private Presentation ghost(NativeDraft draft) {
        return draft.ghost()
                .flatMap(g -> PublicKey.tryParse(g.value()))
                .flatMap(store.presentations()::byKey)
                .orElseThrow(() -> new IllegalArgumentException("nobody of ours says it: " + draft.ghost()));
    }

    private static UnsignedEvent read(String document) {
        return EventReader.readDraft(document)
                .found()
                .map(Event::unsigned)
                .orElseThrow(() -> new IllegalArgumentException("not a draft of ours: " + document));
    }

    private List<Event> events(Presentation ghost, UnsignedEvent said, boolean own) {
        if (Kind.isReplaceable(said.kind())) {
            // A follow list is made of what is true now; a profile is as old as its draft.
            Event settled = voice.settle(ghost, said, own && said.kind() == Kind.FOLLOWS);
            return said.kind() == Kind.PROFILE ? withRelayList(ghost, settled) : List.of(settled);
        }
        boolean erases = said.kind() == Kind.VANISH
                || (said.kind() == Kind.DELETION && said.tags().stream().anyMatch(t -> t.is("a")));
        return List.of(voice.sign(ghost, erases ? voice.afterEverything(said) : said));
    }

    private List<Event> withRelayList(Presentation ghost, Event profile) {
        List<Event> both = new ArrayList<>(List.of(profile));
        store.events().at(Kind.RELAY_LIST + ":" + ghost.key().hex() + ":").ifPresent(both::add);
        return both;
    }

    /// What makes a copy must arrive whole; of what only takes back, any part that arrives is better than none.
    private DeliveryOutcome publish(List<Event> events, NativeDraft draft, Destination destination) {
        Optional<RelayUrl> url = RelayUrl.tryParse(destination.address());
        if (url.isEmpty()) {
            return new DeliveryOutcome.Gone("not a relay: " + destination.address());
        }
        DeliveryOutcome outcome = new DeliveryOutcome.Refused("nothing to say");
        boolean arrived = false;
        for (Event event : events) {
            outcome = pool.publish(event, url.get(), draft.copy());
            if (outcome instanceof DeliveryOutcome.Retry) {
                return outcome;
            }
            arrived |= outcome instanceof DeliveryOutcome.Delivered;
        }
        return draft.copy().isEmpty() && arrived ? new DeliveryOutcome.Delivered(Optional.empty()) : outcome;
    }
}
