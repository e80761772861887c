package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.negentropy.Item;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The events of our relay. What its author deleted stays deleted, whichever comes first.
public interface EventStore {
    /// How many characters of events one answer to a client holds: after that no more are read. In any script that is
    /// less than a slow reader may leave lying.
    long ANSWER = 2_500_000;

    /// What became of an event.
    enum Saved {
        /// It is durable now.
        STORED,
        /// It was there already.
        DUPLICATE,
        /// A later event with the same address is there.
        SUPERSEDED,
        /// Its author took it back, or everything they ever said.
        DELETED,
        /// It takes something back, which is done, and holds a private key, so that nothing of it is kept.
        HEEDED
    }

    /// Stores an event whose id and signature are right. A deletion ([NIP-09](https://nips.nostr.com/9)) takes effect
    /// before this returns.
    default Saved save(Event event) {
        return saveAll(List.of(event)).getFirst();
    }

    /// Stores events as if one after the other, in few steps.
    ///
    /// @return what became of each
    List<Saved> saveAll(List<Event> events);

    Optional<Event> find(EventId id);

    /// Which of these are here.
    Set<EventId> present(Collection<EventId> ids);

    /// The event that has this [Event#address()] now.
    Optional<Event> at(String address);

    /// What matches, newest first, at the same second the lowest id first.
    ///
    /// @param most how many at most; the filter's own limit counts too, and where clients ask the event that makes
    /// [#ANSWER] full is the last
    List<Event> query(Filter filter, int most, View view);

    /// [#query(Filter,int,View)] for the bridge itself.
    default List<Event> query(Filter filter, int most) {
        return query(filter, most, View.EVERYTHING);
    }

    /// How many match one of the filters, whose limits do not count ([NIP-45](https://nips.nostr.com/45)).
    ///
    /// @param most where counting ends: what is there beyond is not looked at
    long count(List<Filter> filters, int most, View view);

    /// Ids and times of what [#query(Filter,int,View)] finds.
    List<Item> items(Filter filter, int most, View view);

    /// Whether anything by `author` is here.
    boolean holdsAnythingBy(PublicKey author);

    /// Erases everything `author` said up to a second, for good ([NIP-62](https://nips.nostr.com/62)), and the gift
    /// wraps they were sent until then. Only the requests to vanish stay, so that others can see why.
    void vanish(PublicKey author, long until);

    /// Up to when everything by `author` is refused; 0 if nothing is.
    long vanishedUntil(PublicKey author);

    /// Removes events that nothing forbids to come again: the operator's word, not the author's.
    ///
    /// @return how many there were
    long remove(Filter filter);

    /// Removes what `author` said but what took something back; nothing forbids it to come again.
    ///
    /// @return how many there were
    long forget(PublicKey author);

    /// Removes what expired until `now`, seconds since 1970 ([NIP-40](https://nips.nostr.com/40)).
    ///
    /// @return how many there were
    long removeExpired(long now);
}
