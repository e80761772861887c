package dev.drawbridge.atproto.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Older events out of the log, read once for all who are behind. Pages end at the same numbers whoever asks, so that
/// readers who began at different places soon share them.
final class LogPages {
    private static final int PAGE = 100;
    private static final long MOST_BYTES = 16L << 20;

    private final EventLog log;
    private final LongSupplier latest;
    private final Cache<Long, List<StoredEvent>> pages = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Long _, List<StoredEvent> page) ->
                    page.stream().mapToInt(event -> event.frame().length).sum())
            .build();

    /// @param latest up to which number events are shown
    LogPages(EventLog log, LongSupplier latest) {
        this.log = log;
        this.latest = latest;
    }

    /// Events behind `seq`, in order.
    List<StoredEvent> after(long seq, int limit) {
        List<StoredEvent> found = new ArrayList<>();
        long last = seq;
        while (found.size() < limit) {
            List<StoredEvent> page = page(last);
            if (page.isEmpty()) {
                break;
            }
            page.stream().limit((long) limit - found.size()).forEach(found::add);
            last = page.getLast().seq();
        }
        return found;
    }

    /// Forgets what was read: it may be gone.
    void forget() {
        pages.invalidateAll();
    }

    private List<StoredEvent> page(long seq) {
        List<StoredEvent> page = pages.get(seq, this::load);
        if (page.isEmpty()) {
            // There may be some later.
            pages.invalidate(seq);
        }
        return page;
    }

    private List<StoredEvent> load(long seq) {
        long shown = latest.getAsLong();
        List<StoredEvent> read = log.after(seq, PAGE);
        if (read.isEmpty()) {
            return read;
        }
        long end = (read.getFirst().seq() + PAGE - 1) / PAGE * PAGE;
        return read.stream()
                .filter(event -> event.seq() <= Math.min(end, shown))
                .toList();
    }
}
