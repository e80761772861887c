package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads everything a relay has for one filter, page by page, and keeps nothing of it.
final class Survey {
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 100;

    private final Relay relay;
    private final Timer timer;
    private final InstantSource clock;
    private final Duration each;

    /// @param each how long one page may take
    Survey(Relay relay, Timer timer, InstantSource clock, Duration each) {
        this.clock = clock;
        this.relay = relay;
        this.timer = timer;
        this.each = each;
    }

    /// How far a relay was read.
    enum Extent {
        /// It did not answer.
        NOTHING,
        /// It fell silent, or time was over: what is older than the oldest event that was read may be there or not.
        PART,
        /// As much as is wanted, or as is ever read of one relay. Older than that it may have more.
        ENOUGH,
        WHOLE
    }

    /// Returns when all was read, the relay does not answer any more, or it takes too long.
    ///
    /// @param reader says whether it wants more
    Extent read(Filter filter, Instant until, Predicate<Event> reader) {
        var pages = new CatchUp(filter);
        Extent extent = Extent.NOTHING;
        Optional<Filter> next = Optional.of(filter);
        int page = 0;
        for (; page < MOST_PAGES && next.isPresent() && clock.instant().isBefore(until); page++) {
            var query = new Query(relay, next.get().limit(PAGE), timer, PAGE);
            List<Event> found = query.run(each).join();
            if (!query.told() && found.isEmpty()) {
                break;
            }
            extent = Extent.PART;
            for (Event event : found) {
                pages.saw(event);
                if (!reader.test(event)) {
                    return Extent.ENOUGH;
                }
            }
            next = pages.next(false);
            if (next.isEmpty() && !query.told()) {
                return extent;
            }
        }
        if (next.isEmpty()) {
            return Extent.WHOLE;
        }
        return page == MOST_PAGES ? Extent.ENOUGH : extent;
    }
}
