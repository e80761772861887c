package dev.drawbridge.testkit;

import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.port.Rules;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// [Rules] in memory.
public final class InMemoryRules implements Rules {
    private final Map<String, Rule> rules = new TreeMap<>();
    private final Map<String, Subscription> subscriptions = new TreeMap<>();

    @Override
    public synchronized void put(Rule rule) {
        rules.put(rule.id(), rule);
    }

    @Override
    public synchronized boolean remove(Subject subject, String source) {
        return rules.values()
                .removeIf(
                        rule -> rule.subject().equals(subject) && rule.source().equals(source));
    }

    @Override
    public synchronized boolean replace(String source, Collection<Rule> given) {
        if (given.stream().anyMatch(rule -> !rule.source().equals(source))) {
            throw new IllegalArgumentException("a rule of another source than " + source);
        }
        Map<String, Rule> before = Map.copyOf(rules);
        rules.values().removeIf(rule -> rule.source().equals(source));
        given.forEach(this::put);
        return !before.equals(rules);
    }

    @Override
    public synchronized List<Rule> all() {
        return List.copyOf(rules.values());
    }

    @Override
    public synchronized void removeEnded(Instant now) {
        rules.values().removeIf(rule -> !rule.holds(now));
    }

    @Override
    public synchronized void subscribe(Subscription subscription) {
        subscriptions.put(subscription.address(), subscription);
    }

    @Override
    public synchronized boolean unsubscribe(String address) {
        return subscriptions.remove(address) != null;
    }

    @Override
    public synchronized Optional<Subscription> subscription(String address) {
        return Optional.ofNullable(subscriptions.get(address));
    }

    @Override
    public synchronized List<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }
}
