package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.nostr.event.Address;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Nip19;
import dev.drawbridge.nostr.event.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What an event shows inside, by its `q` tags ([NIP-18](https://nips.nostr.com/18)).
final class Quotes {
    private Quotes() {}

    /// Of several the first: other networks show one.
    static Optional<NativeId> first(Event event) {
        return event.tags("q")
                .map(Tag::value)
                .flatMap(value -> id(value).stream())
                .findFirst();
    }

    /// An event id, or the address of an article.
    static Optional<NativeId> id(String value) {
        Optional<NativeId> article = Address.tryParse(value)
                .filter(a -> a.kind() == Kind.ARTICLE)
                .map(a -> NativeEvents.address(a.toString()));
        return EventId.tryParse(value).map(NativeEvents::id).or(() -> article);
    }

    static URI page(NativeId quoted) {
        return Viewer.page(Nip19.encode(Address.tryParse(quoted.value())
                .<Nip19.Entity>map(a -> new Nip19.Naddr(a.d(), List.of(), a.author(), a.kind()))
                .orElseGet(() -> new Nip19.Note(new EventId(quoted.value())))));
    }
}
