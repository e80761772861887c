package dev.drawbridge.nostr;

import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.Sought;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Nip05;
import dev.drawbridge.nostr.event.Nip19;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.store.Presentations;
import dev.drawbridge.nostr.translate.NativeEvents;
import dev.drawbridge.nostr.wire.ProfileLookup;
import java.util.Locale;
import java.util.Optional;

/// Who is meant by a key, by what apps make of keys and events ([NIP-19](https://nips.nostr.com/19)), by a page that
/// shows one of these, or by a name ([NIP-05](https://nips.nostr.com/5)).
final class NameLookup {
    private static final int KEY_LENGTH = 64;

    private final String host;
    private final Presentations presentations;
    private final EventStore events;
    private final ProfileLookup profiles;

    /// @param host what follows the `@` in names of ours
    NameLookup(String host, Presentations presentations, EventStore events, ProfileLookup profiles) {
        this.host = host.toLowerCase(Locale.ROOT);
        this.presentations = presentations;
        this.events = events;
        this.profiles = profiles;
    }

    Sought seek(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1).replaceFirst("^(?i)nostr:", "");
        boolean begins = last.toLowerCase(Locale.ROOT).startsWith("nsec1") || last.startsWith("ncryptsec1");
        if (begins || PrivateKeys.in(name)) {
            return new Sought.Secret();
        }
        if (last.length() == KEY_LENGTH && last.equals(name)) {
            Optional<PublicKey> key = PublicKey.tryParse(last.toLowerCase(Locale.ROOT));
            if (key.isPresent()) {
                return found(key.get());
            }
        }
        Optional<Nip19.Entity> entity = Nip19.decode(last);
        if (entity.isPresent()) {
            return of(entity.get());
        }
        // A domain alone is a name too, and an address is not.
        String bare = name.startsWith("@") ? name.substring(1) : name;
        boolean named = bare.contains(".") || bare.contains("@");
        return named ? Nip05.tryParse(bare).map(this::byName).orElseGet(Sought.Foreign::new) : new Sought.Foreign();
    }

    private Sought of(Nip19.Entity entity) {
        return switch (entity) {
            case Nip19.Npub(PublicKey key) -> found(key);
            case Nip19.Nprofile(PublicKey key, var _) -> found(key);
            case Nip19.Naddr(var _, var _, PublicKey author, int _) -> found(author);
            case Nip19.Note(var id) -> author(events.find(id));
            case Nip19.Nevent(var id, var _, Optional<PublicKey> author, var _) ->
                author.map(NameLookup::found).orElseGet(() -> author(events.find(id)));
        };
    }

    private static Sought author(Optional<Event> event) {
        return event.map(e -> found(e.pubkey())).orElseGet(Sought.Nobody::new);
    }

    private Sought byName(Nip05 name) {
        if (name.domain().equals(host)) {
            return presentations
                    .byName(name.local())
                    .map(Presentation::key)
                    .map(NameLookup::found)
                    .orElseGet(Sought.Nobody::new);
        }
        try {
            return profiles.named(name).map(NameLookup::found).orElseGet(Sought.Nobody::new);
        } catch (OutboundHttp.OutboundException e) {
            return switch (e.failure()) {
                case UNKNOWN_HOST, FORBIDDEN_ADDRESS, TOO_LARGE -> new Sought.Nobody();
                case UNREACHABLE, TIMEOUT, TLS -> new Sought.Silent();
            };
        }
    }

    private static Sought found(PublicKey key) {
        return new Sought.Found(NativeEvents.id(key));
    }
}
