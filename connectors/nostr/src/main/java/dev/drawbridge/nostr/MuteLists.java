package dev.drawbridge.nostr;

import dev.drawbridge.model.moderation.Entry;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.spi.Listing;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Nip19;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.wire.RelayPool;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What is on lists of people, hashtags and words ([NIP-51](https://nips.nostr.com/51)): mute lists, and sets of any
/// kind. Only their public part; the private one is for its owner's eyes.
final class MuteLists {
    private final EventStore store;
    private final RelayPool pool;
    private final EventVerifier verifier;

    MuteLists(EventStore store, RelayPool pool, EventVerifier verifier) {
        this.store = store;
        this.pool = pool;
        this.verifier = verifier;
    }

    /// @param address an `naddr`, an `nevent` or a `note`, or the `npub` or `nprofile` of somebody whose mute list is
    ///     meant; a page may stand in front of it
    Listing list(String address) {
        String last = address.substring(address.lastIndexOf('/') + 1).replaceFirst("^(?i)nostr:", "");
        return Nip19.decode(last)
                .map(entity -> find(entity)
                        .map(MuteLists::entries)
                        .orElseGet(() -> new Listing.Silent("no relay that answers has " + last)))
                .orElseGet(Listing.Foreign::new);
    }

    private Optional<Event> find(Nip19.Entity entity) {
        return switch (entity) {
            case Nip19.Npub(PublicKey key) -> latest(Kind.MUTES, key, "");
            case Nip19.Nprofile(PublicKey key, var _) -> latest(Kind.MUTES, key, "");
            case Nip19.Naddr(String identifier, var _, PublicKey author, int kind) -> latest(kind, author, identifier);
            case Nip19.Note(var id) -> store.find(id).or(() -> pool.find(id));
            case Nip19.Nevent(var id, var _, var _, var _) -> store.find(id).or(() -> pool.find(id));
        };
    }

    private Optional<Event> latest(int kind, PublicKey author, String identifier) {
        return Stream.of(store.at(kind + ":" + author.hex() + ":" + identifier), pool.latest(kind, author, identifier))
                .flatMap(Optional::stream)
                .reduce((a, b) -> b.replaces(a) ? b : a);
    }

    /// @param document the event as JSON
    Listing read(String document) {
        if (!document.stripLeading().startsWith("{")) {
            return new Listing.Foreign();
        }
        return EventReader.read(document)
                .found()
                .map(event -> verifier.problem(event)
                        .<Listing>map(Listing.Unreadable::new)
                        .orElseGet(() -> entries(event)))
                .orElseGet(Listing.Foreign::new);
    }

    private static Listing entries(Event event) {
        Map<Subject, Entry> entries = new LinkedHashMap<>();
        event.tags().stream()
                .flatMap(tag -> subject(tag).stream())
                .forEach(subject -> entries.putIfAbsent(subject, new Entry(subject, Optional.empty(), "")));
        return entries.isEmpty()
                ? new Listing.Unreadable("event " + event.id().hex() + " of kind " + event.kind()
                        + " names nobody and nothing in public")
                : new Listing.Entries(entries.values().stream().toList());
    }

    private static Optional<Subject> subject(Tag tag) {
        String value = tag.items().size() < 2 ? "" : tag.value();
        try {
            if (tag.is("p")) {
                return PublicKey.tryParse(value).map(key -> new Subject(Subject.Kind.ACTOR, key.hex()));
            }
            if (tag.is("t")) {
                return Optional.of(new Subject(Subject.Kind.WORD, "#" + value.toLowerCase(Locale.ROOT)));
            }
            return tag.is("word") ? Optional.of(new Subject(Subject.Kind.WORD, value)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
