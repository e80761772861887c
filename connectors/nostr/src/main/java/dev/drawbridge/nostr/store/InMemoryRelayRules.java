package dev.drawbridge.nostr.store;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// [RelayRules] in memory.
public final class InMemoryRelayRules implements RelayRules {
    private final TreeMap<String, Rule> all = new TreeMap<>();

    @Override
    public synchronized void put(Rule rule) {
        all.put(rule.key(), rule);
    }

    @Override
    public synchronized void remove(About about, String subject) {
        all.remove(Rule.key(about, subject));
    }

    @Override
    public synchronized List<Rule> find(Collection<String> keys) {
        return keys.stream().distinct().map(all::get).filter(Objects::nonNull).toList();
    }

    @Override
    public synchronized List<Rule> all(About about, int most) {
        return all.values().stream().filter(r -> r.about() == about).limit(most).toList();
    }
}
