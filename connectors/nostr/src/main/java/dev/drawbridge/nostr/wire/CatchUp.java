package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Reads everything a relay has stored for one request, page by page backwards in time: relays cut answers off and do
/// not say so. A page that brings nothing new is the end. Remembers one second's ids, never a whole page.
final class CatchUp {
    private final Filter filter;
    private long oldest = Long.MAX_VALUE;
    private Set<EventId> oldestIds = new HashSet<>();
    private Set<EventId> lastBorder = Set.of();
    private boolean fresh;

    CatchUp(Filter filter) {
        this.filter = filter;
    }

    void saw(Event event) {
        if (!filter.matches(event)) {
            return;
        }
        if (!lastBorder.contains(event.id())) {
            fresh = true;
        }
        if (event.createdAt() < oldest) {
            oldest = event.createdAt();
            oldestIds = new HashSet<>();
        }
        if (event.createdAt() == oldest) {
            oldestIds.add(event.id());
        }
    }

    /// What to ask next after a page ended; empty if nothing is missing.
    ///
    /// @param complete whether the relay says that it held nothing back
    Optional<Filter> next(boolean complete) {
        boolean more = fresh && !complete;
        fresh = false;
        lastBorder = oldestIds;
        return more ? Optional.of(filter.until(oldest)) : Optional.empty();
    }
}
