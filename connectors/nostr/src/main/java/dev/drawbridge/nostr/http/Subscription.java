package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One subscription of one client. Until everything stored was sent it remembers what it sent, so that an event stored
/// meanwhile is neither missed nor sent twice.
final class Subscription {
    private final List<Filter> filters;
    private Optional<Set<EventId>> sent = Optional.of(new HashSet<>());

    Subscription(List<Filter> filters) {
        this.filters = filters;
    }

    List<Filter> filters() {
        return filters;
    }

    /// Whether the event is wanted and was not sent yet.
    boolean takes(Event event) {
        return filters.stream().anyMatch(filter -> filter.matches(event))
                && sent.map(ids -> ids.add(event.id())).orElse(true);
    }

    void live() {
        sent = Optional.empty();
    }
}
