package dev.drawbridge.nostr;

import dev.drawbridge.model.spi.Shelf;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.store.EventStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Everything a stand-in said, as its owner can publish it on other relays: the events our relay keeps, signed, one a
/// line, the newest first ([NIP-01](https://nips.nostr.com/1)).
final class Belongings {
    private static final String EVENTS = "events.ndjson";
    private static final int PAGE = 500;

    private final EventStore events;

    Belongings(EventStore events) {
        this.events = events;
    }

    void of(PublicKey ghost, Shelf shelf) throws IOException {
        if (events.holdsAnythingBy(ghost)) {
            shelf.put(EVENTS, out -> write(ghost, out));
        }
    }

    /// A page begins with the second at which the one before ended: of that second some were written.
    private void write(PublicKey ghost, OutputStream out) throws IOException {
        Filter filter = Filter.ANY.authors(List.of(ghost));
        Set<EventId> written = new HashSet<>();
        int most = PAGE;
        while (true) {
            List<Event> page = events.query(filter, most);
            if (page.isEmpty()) {
                return;
            }
            Set<EventId> last = new HashSet<>();
            long end = page.getLast().createdAt();
            for (Event event : page) {
                if (!written.contains(event.id())) {
                    out.write((event.json() + "\n").getBytes(StandardCharsets.UTF_8));
                }
                if (event.createdAt() == end) {
                    last.add(event.id());
                }
            }
            if (page.size() < most) {
                return;
            }
            boolean oneSecond = page.getFirst().createdAt() == end;
            most = oneSecond ? most * 2 : PAGE;
            written = last;
            filter = filter.until(end);
        }
    }
}
