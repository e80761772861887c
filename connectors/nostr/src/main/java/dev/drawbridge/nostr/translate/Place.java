package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.nostr.event.Address;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Nip19;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Something on Nostr that others point at: an event, or an article by its address.
///
/// @param value an event id or an address
/// @param kind of the event
/// @param author who made it, where known
record Place(String value, int kind, Optional<PublicKey> author) {
    /// Empty if `ref` is neither.
    static Optional<Place> of(ObjectRef ref, Optional<NativeId> author) {
        String value = ref.id().value();
        Optional<PublicKey> key = author.flatMap(a -> PublicKey.tryParse(a.value()));
        if (EventId.tryParse(value).isPresent()) {
            return Optional.of(new Place(value, CopyHistory.of(ref).kind(), key));
        }
        return Address.tryParse(value).map(a -> new Place(value, a.kind(), Optional.of(a.author())));
    }

    boolean isNote() {
        return kind == Kind.NOTE;
    }

    /// Whether it is found by its address.
    boolean addressed() {
        return EventId.tryParse(value).isEmpty();
    }

    /// A tag that points at it.
    ///
    /// @param event the tag's name for an event; an article's is the same letter of the alphabet's beginning
    /// @param more what follows the value
    Tag tag(char event, String... more) {
        char name = !addressed() ? event : event == 'E' ? 'A' : 'a';
        List<String> items = new ArrayList<>(List.of(String.valueOf(name), value));
        items.addAll(List.of(more));
        return new Tag(items);
    }

    /// How a text shows it ([NIP-19](https://nips.nostr.com/19)).
    ///
    /// @param hint a relay that has it; may be empty
    String bech32(String hint) {
        List<String> relays = hint.isEmpty() ? List.of() : List.of(hint);
        return Nip19.encode(Address.tryParse(value)
                .<Nip19.Entity>map(a -> new Nip19.Naddr(a.d(), relays, a.author(), a.kind()))
                .orElseGet(() -> new Nip19.Nevent(new EventId(value), relays, author, Optional.of(kind))));
    }
}
