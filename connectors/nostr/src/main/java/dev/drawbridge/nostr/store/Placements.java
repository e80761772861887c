package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which relay of others has which event of ours, as far as we can know. What is taken back goes exactly there. Our own
/// relay is not in it.
public interface Placements {
    /// What we know about one event at one relay.
    enum State {
        /// It shall go there and was not sent yet.
        DUE,
        /// It was sent; whether it arrived is not known.
        SENT,
        /// The relay said that it has it.
        ACCEPTED
    }

    /// Stores that an event shall go to a relay, unless it was sent there already. It stays due until [#accepted] or
    /// [#remove].
    void due(Event event, RelayUrl relay);

    /// Stores that an event is about to be sent, unless the relay said already that it has it.
    void sent(Event event, RelayUrl relay);

    /// Stores that the relay said `OK`.
    void accepted(Event event, RelayUrl relay);

    /// Takes [#sent] back: it did not leave us. What is due stays due.
    void notSent(EventId event, RelayUrl relay);

    /// Forgets one: the relay does not have it, or not any more.
    void remove(EventId event, RelayUrl relay);

    /// Forgets everything of an author there.
    void removeAll(PublicKey author, RelayUrl relay);

    Optional<State> find(EventId event, RelayUrl relay);

    /// The relays that have an event or may have it.
    Set<RelayUrl> relaysOf(EventId event);

    /// The relays that have anything of an author or may have it.
    Set<RelayUrl> relaysOf(PublicKey author);

    /// What shall go to a relay and was not answered, in the order of the ids.
    List<EventId> due(RelayUrl relay, int most);
}
