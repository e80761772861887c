package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads everything a relay has for one filter, page by page, and keeps nothing of it.
final class Survey {
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 100;

    private final Relay relay;
    private final Timer timer;
    private final Duration each;

    /// @param each how long one page may take
    Survey(Relay relay, Timer timer, Duration each) {
        this.relay = relay;
        this.timer = timer;
        this.each = each;
    }

    /// Returns when all was read, or the relay does not answer any more.
    void read(Filter filter, Consumer<Event> reader) {
        var pages = new CatchUp(filter);
        Optional<Filter> next = Optional.of(filter);
        for (int page = 0; page < MOST_PAGES && next.isPresent(); page++) {
            List<Event> found = new Query(relay, next.get().limit(PAGE), timer, PAGE)
                    .run(each)
                    .join();
            found.forEach(event -> {
                pages.saw(event);
                reader.accept(event);
            });
            next = pages.next(false);
        }
    }
}
