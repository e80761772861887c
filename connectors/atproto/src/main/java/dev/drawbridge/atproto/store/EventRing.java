package dev.drawbridge.atproto.store;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The newest events in memory, bounded by number and bytes. For one thread at a time.
final class EventRing {
    private final int maxEvents;
    private final long maxBytes;
    private final NavigableMap<Long, StoredEvent> events = new TreeMap<>();
    private long bytes;

    /// Every event behind this number is here.
    private long floor;

    EventRing(int maxEvents, long maxBytes, long floor) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.floor = floor;
    }

    void add(StoredEvent event) {
        events.put(event.seq(), event);
        bytes += event.frame().length;
        while (events.size() > maxEvents || (bytes > maxBytes && events.size() > 1)) {
            Map.Entry<Long, StoredEvent> oldest = events.pollFirstEntry();
            bytes -= oldest.getValue().frame().length;
            floor = oldest.getKey();
        }
    }

    /// Events behind `seq`; empty if the ring does not reach back that far.
    Optional<List<StoredEvent>> after(long seq, int limit) {
        return seq < floor
                ? Optional.empty()
                : Optional.of(events.tailMap(seq, false).values().stream()
                        .limit(limit)
                        .toList());
    }
}
