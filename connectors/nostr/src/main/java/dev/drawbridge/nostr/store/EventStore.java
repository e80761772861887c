package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.List;
import java.util.Optional;

/// The events of our relay. What its author deleted stays deleted, whichever comes first.
public interface EventStore {
    /// What became of an event.
    enum Saved {
        /// It is durable now.
        STORED,
        /// It was there already.
        DUPLICATE,
        /// A later event with the same address is there.
        SUPERSEDED,
        /// Its author took it back, or everything they ever said.
        DELETED
    }

    /// Stores an event whose id and signature are right. A deletion ([NIP-09](https://nips.nostr.com/9)) takes effect
    /// before this returns.
    Saved save(Event event);

    Optional<Event> find(EventId id);

    /// The event that has this [Event#address()] now.
    Optional<Event> at(String address);

    /// What matches, newest first, at the same second the lowest id first.
    ///
    /// @param most how many at most; the filter's own limit counts too
    List<Event> query(Filter filter, int most);

    /// Whether anything by `author` is here.
    boolean holdsAnythingBy(PublicKey author);

    /// Erases everything `author` said up to a second, for good ([NIP-62](https://nips.nostr.com/62)). Only the
    /// requests
    /// to vanish stay, so that others can see why.
    void vanish(PublicKey author, long until);

    /// Up to when everything by `author` is refused; 0 if nothing is.
    long vanishedUntil(PublicKey author);
}
