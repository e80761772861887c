package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.translate.IdentityIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What people say about who they are elsewhere: the latest that any relay has of it. Nothing of it is kept.
public final class IdentityLookup {
    private final EventStore store;
    private final RelayPool pool;

    public IdentityLookup(EventStore store, RelayPool pool) {
        this.store = store;
        this.pool = pool;
    }

    /// Silent if no relay has a word of them, or none said to its end what it has: that is no answer.
    public Testimony of(PublicKey person) {
        List<Event> said = new ArrayList<>();
        for (int kind : List.of(Kind.PROFILE, Kind.IDENTITIES)) {
            Optional<List<Event>> asked = pool.told(kind, person);
            if (asked.isEmpty()) {
                return new Testimony.Silent();
            }
            Stream.concat(store.at(kind + ":" + person.hex() + ":").stream(), asked.get().stream())
                    .reduce((a, b) -> b.replaces(a) ? b : a)
                    .ifPresent(said::add);
        }
        return said.isEmpty() ? new Testimony.Silent() : IdentityIn.read(person, said);
    }
}
