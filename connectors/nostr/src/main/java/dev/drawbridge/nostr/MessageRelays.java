package dev.drawbridge.nostr;

import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.wire.RelayPool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The relays that answers of bots go to: ours and those of the pool.
///
/// @param homes where our people are found, for whom nothing better is known
record MessageRelays(EventStore store, RelayPool pool, Voice voice, List<RelayUrl> homes) implements Postman.Relays {
    @Override
    public Optional<Event> latest(int kind, PublicKey author) {
        return Stream.of(store.at(kind + ":" + author.hex() + ":"), pool.latest(kind, author))
                .flatMap(Optional::stream)
                .reduce((a, b) -> b.replaces(a) ? b : a);
    }

    @Override
    public List<RelayUrl> otherwise(PublicKey person) {
        List<RelayUrl> reads = pool.inboxesOf(person);
        return reads.isEmpty() ? homes : reads;
    }

    @Override
    public DeliveryOutcome publish(Event event, RelayUrl url) {
        return pool.tell(event, url);
    }

    @Override
    public void keep(Event event) {
        voice.keep(event);
    }
}
