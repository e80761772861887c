package dev.drawbridge.nostr.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.negentropy.Item;
import java.util.Collection;
import java.util.Optional;

/// Which events were taken lately. What it forgot is taken again, which does no harm.
final class Taken {
    private static final int MOST = 100_000;

    private record Mark(long createdAt, String author, int kind) {}

    private final Cache<EventId, Mark> marks =
            Caffeine.newBuilder().maximumSize(MOST).build();

    boolean contains(EventId id) {
        return Optional.ofNullable(marks.getIfPresent(id)).isPresent();
    }

    void add(Event event) {
        marks.put(event.id(), new Mark(event.createdAt(), event.pubkey().hex(), event.kind()));
    }

    /// @param filter by authors, kinds and time; tags are not known here
    Collection<Item> matching(Filter filter) {
        return marks.asMap().entrySet().stream()
                .filter(e -> matches(e.getValue(), filter))
                .map(e -> new Item(e.getValue().createdAt(), e.getKey()))
                .toList();
    }

    private static boolean matches(Mark mark, Filter filter) {
        return filter.authors().map(a -> a.contains(mark.author())).orElse(true)
                && filter.kinds().map(k -> k.contains(mark.kind())).orElse(true)
                && filter.since().map(s -> mark.createdAt() >= s).orElse(true)
                && filter.until().map(u -> mark.createdAt() <= u).orElse(true);
    }
}
