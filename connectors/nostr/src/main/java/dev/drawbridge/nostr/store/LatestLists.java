package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Pins;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The last replaceable event of a kind that the engine took from somebody: what is older comes too late, and whom of
/// ours a former follow list named, or which posts a former list put first, says what a shorter one ends.
public interface LatestLists {
    /// @param ours whom of the bridge's own people it names
    /// @param posts what it puts first, if it is a list of that
    record Latest(EventId id, long createdAt, Set<PublicKey> ours, Set<EventId> posts) {
        public Latest {
            ours = Set.copyOf(ours);
            posts = Set.copyOf(posts);
        }

        /// Of what was taken.
        static Latest of(Event event, Set<PublicKey> ours) {
            return new Latest(
                    event.id(), event.createdAt(), ours, event.kind() == Kind.PINS ? Pins.of(event) : Set.of());
        }

        /// Whether `event` comes too late, being older or the same.
        public boolean outdates(Event event) {
            return event.createdAt() != createdAt
                    ? event.createdAt() < createdAt
                    : event.id().compareTo(id) >= 0;
        }
    }

    Optional<Latest> find(int kind, PublicKey author);

    /// Stores what was taken, unless something later is stored.
    void put(Event event, Set<PublicKey> ours);

    /// Whose latest follow list names one of ours.
    List<PublicKey> authorsNamingUs(int kind, int most);
}
