package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// [LatestLists] in memory.
public final class InMemoryLatestLists implements LatestLists {
    private final Map<String, Latest> all = new TreeMap<>();

    @Override
    public synchronized Optional<Latest> find(int kind, PublicKey author) {
        return Optional.ofNullable(all.get(kind + ":" + author.hex()));
    }

    @Override
    public synchronized void put(Event event, Set<PublicKey> ours) {
        if (find(event.kind(), event.pubkey()).filter(l -> l.outdates(event)).isEmpty()) {
            all.put(event.kind() + ":" + event.pubkey().hex(), Latest.of(event, ours));
        }
    }

    @Override
    public synchronized List<PublicKey> authorsNamingUs(int kind, int most) {
        return all.entrySet().stream()
                .filter(e -> e.getKey().startsWith(kind + ":"))
                .filter(e -> !e.getValue().ours().isEmpty())
                .map(e -> new PublicKey(e.getKey().split(":", 2)[1]))
                .limit(most)
                .toList();
    }
}
