package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// [EventStore] in memory.
public final class InMemoryEventStore implements EventStore {
    private static final Comparator<Event> NEWEST_FIRST =
            Comparator.comparingLong(Event::createdAt).reversed().thenComparing(Event::id);

    private final Map<String, Event> bySlot = new HashMap<>();
    private final Map<EventId, Event> byId = new HashMap<>();
    private final Set<String> deletedIds = new HashSet<>();
    private final Map<String, Long> deletedAddresses = new HashMap<>();
    private final Map<PublicKey, Long> vanished = new HashMap<>();

    @Override
    public synchronized Saved save(Event event) {
        if (byId.containsKey(event.id())) {
            return Saved.DUPLICATE;
        }
        if (deleted(event)) {
            return Saved.DELETED;
        }
        String slot = event.address().orElseGet(() -> event.id().hex());
        Event before = bySlot.get(slot);
        if (before != null && !event.replaces(before)) {
            return Saved.SUPERSEDED;
        }
        if (event.kind() == Kind.DELETION) {
            delete(event);
        }
        if (before != null) {
            byId.remove(before.id());
        }
        bySlot.put(slot, event);
        byId.put(event.id(), event);
        return Saved.STORED;
    }

    private boolean deleted(Event event) {
        return (event.kind() != Kind.VANISH && event.createdAt() <= vanishedUntil(event.pubkey()))
                || deletedIds.contains(Deletions.key(event.id(), event.pubkey()))
                || event.address()
                        .map(deletedAddresses::get)
                        .filter(until -> event.createdAt() <= until)
                        .isPresent();
    }

    private void delete(Event deletion) {
        for (EventId id : Deletions.ids(deletion)) {
            deletedIds.add(Deletions.key(id, deletion.pubkey()));
        }
        for (String address : Deletions.addresses(deletion)) {
            deletedAddresses.merge(address, deletion.createdAt(), Math::max);
        }
        remove(e -> e.kind() != Kind.DELETION && e.pubkey().equals(deletion.pubkey()) && deleted(e));
    }

    private void remove(java.util.function.Predicate<Event> gone) {
        bySlot.values().removeIf(gone);
        byId.values().removeIf(gone);
    }

    @Override
    public synchronized Optional<Event> find(EventId id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Optional<Event> at(String address) {
        return Optional.ofNullable(bySlot.get(address));
    }

    @Override
    public synchronized List<Event> query(Filter filter, int most) {
        return byId.values().stream()
                .filter(filter::matches)
                .sorted(NEWEST_FIRST)
                .limit(Math.min(most, filter.limit().orElse(most)))
                .toList();
    }

    @Override
    public synchronized boolean holdsAnythingBy(PublicKey author) {
        return byId.values().stream().anyMatch(e -> e.pubkey().equals(author));
    }

    @Override
    public synchronized void vanish(PublicKey author, long until) {
        vanished.merge(author, until, Math::max);
        remove(e -> e.kind() != Kind.VANISH && e.pubkey().equals(author) && e.createdAt() <= until);
    }

    @Override
    public synchronized long vanishedUntil(PublicKey author) {
        return vanished.getOrDefault(author, 0L);
    }
}
