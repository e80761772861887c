package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One `REQ` of one client. New events wait until the stored ones are sent, so that nothing is missed or said twice.
final class Subscription {
    private final String name;
    private final List<Filter> filters;
    private final int values;
    private final Predicate<Event> mayRead;
    private final Consumer<String> out;

    private record Waiting(EventId id, String json) {}

    private @Nullable List<Waiting> waiting = new ArrayList<>();

    /// @param mayRead whether the client may see an event
    Subscription(String name, List<Filter> filters, Predicate<Event> mayRead, Consumer<String> out) {
        this.name = name;
        this.filters = filters;
        this.values = filters.stream().mapToInt(Filter::values).sum();
        this.mayRead = mayRead;
        this.out = out;
    }

    String name() {
        return name;
    }

    List<Filter> filters() {
        return filters;
    }

    /// How many values its filters hold, and so what it costs to listen.
    int values() {
        return values;
    }

    synchronized void offer(Event event, String json) {
        if (filters.stream().noneMatch(f -> f.matches(event)) || !mayRead.test(event)) {
            return;
        }
        if (waiting != null) {
            waiting.add(new Waiting(event.id(), json));
        } else {
            out.accept(RelayMessage.sent(name, json));
        }
    }

    /// Sends what is stored, then what came meanwhile.
    ///
    /// @param complete whether no limit held anything back
    synchronized void stored(List<Event> events, boolean complete) {
        Set<EventId> sent = new HashSet<>();
        for (Event event : events) {
            sent.add(event.id());
            out.accept(RelayMessage.sent(name, event.json()));
        }
        out.accept(new RelayMessage.EndOfStored(name, complete).json());
        List<Waiting> meanwhile = waiting;
        waiting = null;
        if (meanwhile != null) {
            meanwhile.stream()
                    .filter(w -> !sent.contains(w.id()))
                    .forEach(w -> out.accept(RelayMessage.sent(name, w.json())));
        }
    }
}
