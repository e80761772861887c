package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.negentropy.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    public synchronized List<Saved> saveAll(List<Event> events) {
        return events.stream().map(this::put).toList();
    }

    private Saved put(Event event) {
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
        if (SecretText.isHeededOnly(event)) {
            return Saved.HEEDED;
        }
        if (before != null) {
            byId.remove(before.id());
        }
        bySlot.put(slot, event);
        byId.put(event.id(), event);
        return Saved.STORED;
    }

    private boolean deleted(Event event) {
        return (event.kind() != Kind.VANISH && event.createdAt() <= vanished.getOrDefault(event.pubkey(), -1L))
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
        erase(e -> e.kind() != Kind.DELETION && e.pubkey().equals(deletion.pubkey()) && deleted(e));
    }

    private long erase(Predicate<Event> gone) {
        long before = byId.size();
        bySlot.values().removeIf(gone);
        byId.values().removeIf(gone);
        return before - byId.size();
    }

    @Override
    public synchronized Optional<Event> find(EventId id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Set<EventId> present(Collection<EventId> ids) {
        return ids.stream().filter(byId::containsKey).collect(Collectors.toSet());
    }

    @Override
    public synchronized Optional<Event> at(String address) {
        return Optional.ofNullable(bySlot.get(address));
    }

    @Override
    public synchronized List<Event> query(Filter filter, int most, View view) {
        List<Event> found = new ArrayList<>();
        var wanted = search(filter, most, view).iterator();
        long size = 0;
        while (wanted.hasNext() && (view.everything() || size < ANSWER)) {
            found.add(wanted.next());
            size += found.getLast().size();
        }
        return List.copyOf(found);
    }

    private Stream<Event> search(Filter filter, int most, View view) {
        return byId.values().stream()
                .filter(filter::matches)
                .filter(view::shows)
                .sorted(NEWEST_FIRST)
                .limit(Math.min(most, filter.limit().orElse(most)));
    }

    @Override
    public synchronized long count(List<Filter> filters, int most, View view) {
        return byId.values().stream()
                .filter(e -> filters.stream().anyMatch(f -> f.matches(e)))
                .filter(view::shows)
                .limit(most)
                .count();
    }

    @Override
    public synchronized List<Item> items(Filter filter, int most, View view) {
        return search(filter, most, view)
                .map(e -> new Item(e.createdAt(), e.id()))
                .toList();
    }

    @Override
    public synchronized boolean holdsAnythingBy(PublicKey author) {
        return byId.values().stream().anyMatch(e -> e.pubkey().equals(author));
    }

    @Override
    public synchronized void vanish(PublicKey author, long until) {
        vanished.merge(author, until, Math::max);
        erase(e -> e.createdAt() <= until
                && ((e.kind() != Kind.VANISH && e.pubkey().equals(author))
                        || (e.kind() == Kind.GIFT_WRAP && e.people().contains(author))));
    }

    @Override
    public synchronized long remove(Filter filter) {
        return erase(filter::matches);
    }

    @Override
    public synchronized long forget(PublicKey author) {
        return erase(e -> e.pubkey().equals(author) && e.kind() != Kind.DELETION && e.kind() != Kind.VANISH);
    }

    @Override
    public synchronized long removeExpired(long now) {
        return erase(e -> e.expiredAt(now));
    }

    @Override
    public synchronized long vanishedUntil(PublicKey author) {
        return vanished.getOrDefault(author, 0L);
    }
}
