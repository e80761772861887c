package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Every connection to our relay, and the way a new event takes to those who wait for it.
public final class RelayHub {
    private final Set<Object> connections = ConcurrentHashMap.newKeySet();
    private final SubscriptionIndex subscriptions = new SubscriptionIndex();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger values = new AtomicInteger();
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

    /// @param most values of all filters of all subscriptions
    /// @return whether there was room for it
    boolean listen(Subscription subscription, int most) {
        if (values.addAndGet(subscription.values()) > most) {
            values.addAndGet(-subscription.values());
            return false;
        }
        open.add(subscription);
        subscriptions.add(subscription);
        return true;
    }

    /// Idempotent.
    void leave(Subscription subscription) {
        subscriptions.remove(subscription);
        if (open.remove(subscription)) {
            values.addAndGet(-subscription.values());
        }
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
