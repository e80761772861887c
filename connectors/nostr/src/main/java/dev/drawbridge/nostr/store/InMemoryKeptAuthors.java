package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.PublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// [KeptAuthors] in memory.
public final class InMemoryKeptAuthors implements KeptAuthors {
    private final Map<PublicKey, Instant> since = new LinkedHashMap<>();

    @Override
    public synchronized void add(PublicKey author, Instant now) {
        since.putIfAbsent(author, now);
    }

    @Override
    public synchronized void remove(PublicKey author) {
        since.remove(author);
    }

    @Override
    public synchronized List<Kept> all() {
        return since.entrySet().stream()
                .map(e -> new Kept(e.getKey(), e.getValue()))
                .toList();
    }
}
