package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Every connection to our relay, and the way a new event takes to those who wait for it.
public final class RelayHub {
    private final Set<Object> connections = ConcurrentHashMap.newKeySet();
    private final SubscriptionIndex subscriptions = new SubscriptionIndex();
    private final AtomicLong numbers = new AtomicLong();
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();

    void add(Object connection) {
        connections.add(connection);
    }

    void remove(Object connection) {
        connections.remove(connection);
    }

    /// A number no other connection has.
    long number() {
        return numbers.incrementAndGet();
    }

    void listen(Subscription subscription) {
        subscriptions.add(subscription);
        open.add(subscription);
    }

    /// Idempotent.
    void leave(Subscription subscription) {
        subscriptions.remove(subscription);
        open.remove(subscription);
    }

    /// Passes an event on to everybody who asked for its like. Never blocks.
    public void published(Event event) {
        Set<Subscription> candidates = subscriptions.candidates(event);
        if (candidates.isEmpty()) {
            return;
        }
        String json = event.json();
        candidates.forEach(subscription -> subscription.offer(event, json));
    }

    /// How many connections there are.
    int size() {
        return connections.size();
    }

    /// How many subscriptions there are.
    int subscriptions() {
        return open.size();
    }

    /// How many values subscriptions are found by.
    int indexed() {
        return subscriptions.size();
    }
}
