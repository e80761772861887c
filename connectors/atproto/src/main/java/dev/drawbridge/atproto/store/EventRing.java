package dev.drawbridge.atproto.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The newest events in memory, bounded by number and bytes. One thread at a time adds, any number read without
/// waiting for it.
final class EventRing {
    private final int maxEvents;
    private final long maxBytes;
    private final AtomicReferenceArray<@Nullable StoredEvent> slots;
    private volatile Bounds bounds;
    private long bytes;

    /// @param first position of the oldest event; positions rise by one, numbers may leave some out
    /// @param end behind the newest
    /// @param floor every event behind this number is here
    private record Bounds(long first, long end, long floor) {}

    EventRing(int maxEvents, long maxBytes, long floor) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        slots = new AtomicReferenceArray<>(maxEvents);
        bounds = new Bounds(0, 0, floor);
    }

    void add(StoredEvent event) {
        Bounds now = bounds;
        bytes += event.frame().length;
        while (now.end > now.first && (now.end - now.first >= maxEvents || bytes > maxBytes)) {
            now = withoutOldest(now);
        }
        slots.set(slot(now.end), event);
        bounds = new Bounds(now.first, now.end + 1, now.floor);
    }

    /// Readers learn first that a place is no longer theirs, and only then it is emptied.
    private Bounds withoutOldest(Bounds now) {
        StoredEvent oldest = slots.get(slot(now.first));
        if (oldest == null) {
            throw new IllegalStateException("position " + now.first + " is empty");
        }
        Bounds less = new Bounds(now.first + 1, now.end, oldest.seq());
        bounds = less;
        slots.set(slot(now.first), null);
        bytes -= oldest.frame().length;
        return less;
    }

    /// Events behind `seq`; empty if the ring does not reach back that far.
    Optional<List<StoredEvent>> after(long seq, int limit) {
        while (true) {
            Bounds seen = bounds;
            if (seq < seen.floor) {
                return Optional.empty();
            }
            long start = find(seen, seq);
            List<StoredEvent> found = copy(start, seen.end, limit);
            Bounds now = bounds;
            // What was given away meanwhile may have been anything.
            if (seq >= now.floor && start >= now.first && found.size() == Math.min(limit, seen.end - start)) {
                return Optional.of(found);
            }
        }
    }

    /// Stops where a place is empty already.
    private List<StoredEvent> copy(long from, long end, int limit) {
        List<StoredEvent> found = new ArrayList<>();
        for (long at = from; at < end && found.size() < limit; at++) {
            StoredEvent event = slots.get(slot(at));
            if (event == null) {
                return found;
            }
            found.add(event);
        }
        return found;
    }

    /// The position of the first event behind `seq`.
    private long find(Bounds seen, long seq) {
        long low = seen.first;
        long high = seen.end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            StoredEvent event = slots.get(slot(middle));
            if (event == null || event.seq() <= seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int slot(long position) {
        return (int) (position % maxEvents);
    }
}
