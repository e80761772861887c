package dev.drawbridge.testkit;

import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.port.Parking;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// [Parking] in memory.
public final class InMemoryParking implements Parking {
    private final Map<String, Parked> items = new LinkedHashMap<>();
    private final Map<String, Instant> next = new HashMap<>();
    private final Map<String, Instant> since = new HashMap<>();
    private long sequence;

    @Override
    public synchronized void park(
            Delivery delivery, String key, String subject, String reason, Instant now, Instant due) {
        if (!items.containsKey(delivery.id())) {
            next.putIfAbsent(key, due);
            since.putIfAbsent(key, now);
            items.put(delivery.id(), new Parked(delivery, key, subject, reason, 0, now, ++sequence));
        }
    }

    @Override
    public synchronized void move(Parked parked, String key, String reason, Instant due) {
        if (items.containsKey(parked.delivery().id())) {
            remove(parked.delivery().id());
            park(parked.delivery(), key, parked.subject(), reason, parked.since(), due);
        }
    }

    @Override
    public synchronized boolean holdsKey(String key) {
        return next.containsKey(key);
    }

    @Override
    public synchronized Set<String> holding(Set<String> keys) {
        return keys.stream().filter(next::containsKey).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized Optional<String> keyOfSubject(String subject) {
        return items.values().stream()
                .filter(p -> p.subject().equals(subject))
                .map(Parked::key)
                .findFirst();
    }

    @Override
    public synchronized List<Queue> due(Instant now, int limit) {
        return next.keySet().stream()
                .filter(k -> !next.getOrDefault(k, Instant.MAX).isAfter(now))
                .map(this::queue)
                .sorted(Comparator.comparing(Queue::since).thenComparing(Queue::key))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Parked> head(String key) {
        return items.values().stream().filter(p -> p.key().equals(key)).findFirst();
    }

    @Override
    public synchronized void remove(String deliveryId) {
        Parked gone = items.remove(deliveryId);
        if (gone != null && head(gone.key()).isEmpty()) {
            next.remove(gone.key());
            since.remove(gone.key());
        }
    }

    @Override
    public synchronized void postpone(String key, String reason, Instant due) {
        head(key).ifPresent(p -> {
            next.put(key, due);
            items.put(
                    p.delivery().id(),
                    new Parked(p.delivery(), key, p.subject(), reason, p.attempts() + 1, p.since(), p.sequence()));
        });
    }

    @Override
    public synchronized void release(String key, Instant now) {
        next.computeIfPresent(key, (k, due) -> due.isAfter(now) ? now : due);
    }

    @Override
    public synchronized long count() {
        return items.size();
    }

    @Override
    public synchronized List<Queue> queues(int limit) {
        return next.keySet().stream()
                .map(this::queue)
                .sorted(Comparator.comparingLong(Queue::size).reversed().thenComparing(Queue::key))
                .limit(limit)
                .toList();
    }

    private Queue queue(String key) {
        Parked head = head(key).orElseThrow();
        long size = items.values().stream().filter(p -> p.key().equals(key)).count();
        return new Queue(
                key,
                size,
                head.reason(),
                head.attempts(),
                since.getOrDefault(key, head.since()),
                next.getOrDefault(key, head.since()));
    }
}
