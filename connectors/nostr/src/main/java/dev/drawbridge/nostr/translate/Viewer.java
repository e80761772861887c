package dev.drawbridge.nostr.translate;

import dev.drawbridge.nostr.event.Address;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Nip19;
import dev.drawbridge.nostr.event.PublicKey;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Pages that show Nostr to people with nothing but a browser.
public final class Viewer {
    private static final String PAGES = "https://njump.me/";

    private Viewer() {}

    static URI page(Event event) {
        return page(Nip19.encode(
                new Nip19.Nevent(event.id(), List.of(), Optional.of(event.pubkey()), Optional.of(event.kind()))));
    }

    public static URI page(PublicKey person) {
        return page(person.npub());
    }

    public static URI page(EventId event) {
        return page(Nip19.encode(new Nip19.Nevent(event, List.of(), Optional.empty(), Optional.empty())));
    }

    public static URI page(Address address) {
        return page(Nip19.encode(new Nip19.Naddr(address.d(), List.of(), address.author(), address.kind())));
    }

    /// @param bech32 any [Nip19] identifier
    static URI page(String bech32) {
        return URI.create(PAGES + bech32);
    }
}
