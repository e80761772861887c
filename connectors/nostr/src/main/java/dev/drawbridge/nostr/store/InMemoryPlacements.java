package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/// [Placements] in memory.
public final class InMemoryPlacements implements Placements {
    private record Place(EventId event, RelayUrl relay) {}

    private record Known(PublicKey author, State state, boolean due) {}

    private final Map<Place, Known> all =
            new TreeMap<>(Comparator.comparing(Place::event).thenComparing(Place::relay));

    @Override
    public synchronized void due(Event event, RelayUrl relay) {
        all.putIfAbsent(new Place(event.id(), relay), new Known(event.pubkey(), State.DUE, true));
    }

    @Override
    public synchronized void sent(Event event, RelayUrl relay) {
        all.merge(
                new Place(event.id(), relay),
                new Known(event.pubkey(), State.SENT, false),
                (before, now) ->
                        before.state() == State.DUE ? new Known(before.author(), State.SENT, before.due()) : before);
    }

    @Override
    public synchronized void accepted(Event event, RelayUrl relay) {
        all.put(new Place(event.id(), relay), new Known(event.pubkey(), State.ACCEPTED, false));
    }

    @Override
    public synchronized void notSent(EventId event, RelayUrl relay) {
        all.computeIfPresent(
                new Place(event, relay),
                (_, before) -> before.state() != State.SENT
                        ? before
                        : before.due() ? new Known(before.author(), State.DUE, true) : null);
    }

    @Override
    public synchronized void remove(EventId event, RelayUrl relay) {
        all.remove(new Place(event, relay));
    }

    @Override
    public synchronized void removeAll(PublicKey author, RelayUrl relay) {
        all.entrySet()
                .removeIf(e -> e.getKey().relay().equals(relay)
                        && e.getValue().author().equals(author));
    }

    @Override
    public synchronized Optional<State> find(EventId event, RelayUrl relay) {
        return Optional.ofNullable(all.get(new Place(event, relay))).map(Known::state);
    }

    @Override
    public Set<RelayUrl> relaysOf(EventId event) {
        return relays((place, _) -> place.event().equals(event));
    }

    @Override
    public Set<RelayUrl> relaysOf(PublicKey author) {
        return relays((_, known) -> known.author().equals(author));
    }

    private synchronized Set<RelayUrl> relays(BiPredicate<Place, Known> wanted) {
        Set<RelayUrl> relays = new TreeSet<>();
        all.forEach((place, known) -> {
            if (known.state() != State.DUE && wanted.test(place, known)) {
                relays.add(place.relay());
            }
        });
        return relays;
    }

    @Override
    public synchronized List<EventId> due(RelayUrl relay, int most) {
        return all.entrySet().stream()
                .filter(e -> e.getKey().relay().equals(relay) && e.getValue().due())
                .map(e -> e.getKey().event())
                .limit(most)
                .toList();
    }
}
