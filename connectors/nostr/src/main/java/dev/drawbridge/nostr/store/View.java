package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.Set;
import java.util.stream.Collectors;

/// What somebody may see: nothing that expired ([NIP-40](https://nips.nostr.com/40)), and of private messages only
/// their own ([NIP-17](https://nips.nostr.com/17), [NIP-04](https://nips.nostr.com/4)).
///
/// @param now seconds since 1970
/// @param readers who they have proven to be
/// @param everything whether no rule holds: the bridge's own look at its store
public record View(long now, Set<PublicKey> readers, boolean everything) {
    /// The bridge's own.
    public static final View EVERYTHING = new View(0, Set.of(), true);

    /// What only its author and the people it names may read.
    public static final Set<Integer> PRIVATE_KINDS =
            Set.of(Kind.OLD_MESSAGE, Kind.SEAL, Kind.MESSAGE, 15, Kind.GIFT_WRAP, 21_059);

    public View {
        readers = Set.copyOf(readers);
    }

    /// @param readers who they have proven to be; empty for somebody unknown
    public static View of(long now, Set<PublicKey> readers) {
        return new View(now, readers, false);
    }

    public boolean shows(Event event) {
        return everything || (!event.expiredAt(now) && mayRead(event));
    }

    private boolean mayRead(Event event) {
        return !PRIVATE_KINDS.contains(event.kind())
                || readers.contains(event.pubkey())
                || event.people().stream().anyMatch(readers::contains);
    }

    /// Whether a filter asks for private messages and for nothing else that this view could show: better to say so than
    /// to say that there are none.
    public boolean asksForOthersMessages(Filter filter) {
        if (everything || filter.kinds().filter(PRIVATE_KINDS::containsAll).isEmpty()) {
            return false;
        }
        Set<String> mine = readers.stream().map(PublicKey::hex).collect(Collectors.toSet());
        boolean byMe = filter.authors().filter(mine::containsAll).isPresent();
        Set<String> named = filter.tags().getOrDefault('p', Set.of());
        boolean toMe = !named.isEmpty() && mine.containsAll(named);
        return mine.isEmpty() || !(byMe || toMe);
    }
}
