package dev.drawbridge.testkit;

import dev.drawbridge.model.port.Operators;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// [Operators] in memory.
public final class InMemoryOperators implements Operators {
    private final List<Deed> deeds = new ArrayList<>();
    private final Map<String, Operator> operators = new TreeMap<>();
    private long removals;
    private final Map<String, Instant> ended = new HashMap<>();
    private final Set<String> came = new HashSet<>();
    private final Set<String> words = new HashSet<>();

    @Override
    public synchronized boolean first(Operator first) {
        return operators.isEmpty() && operators.put(first.name(), first) == null;
    }

    @Override
    public synchronized boolean any() {
        return !operators.isEmpty();
    }

    @Override
    public synchronized Optional<Operator> find(String name) {
        return Optional.ofNullable(operators.get(name));
    }

    @Override
    public synchronized List<Operator> all() {
        return List.copyOf(operators.values());
    }

    @Override
    public synchronized boolean change(String name, Function<Operator, Optional<Operator>> change) {
        Optional<Operator> changed =
                find(name).flatMap(change).filter(now -> now.name().equals(name));
        changed.ifPresent(now -> operators.put(name, now));
        return changed.isPresent();
    }

    @Override
    public synchronized boolean add(Operator operator, long known) {
        return !operators.isEmpty() && known == removals && operators.putIfAbsent(operator.name(), operator) == null;
    }

    @Override
    public synchronized boolean remove(String name) {
        boolean removed = operators.size() > 1 && operators.remove(name) != null;
        removals += removed ? 1 : 0;
        return removed;
    }

    @Override
    public synchronized long removals() {
        return removals;
    }

    @Override
    public synchronized void came(String who, Instant at, Instant forget) {
        came.add(who);
    }

    @Override
    public synchronized boolean end(String whose, Instant until, Instant forget) {
        ended.merge(whose, until, (was, now) -> was.isAfter(now) ? was : now);
        return came.contains(whose);
    }

    @Override
    public synchronized Map<String, Instant> ended(Set<String> whose) {
        var found = new HashMap<>(ended);
        found.keySet().retainAll(whose);
        return found;
    }

    @Override
    public synchronized boolean once(String word, Instant forget) {
        return words.add(word);
    }

    @Override
    public synchronized boolean said(String word) {
        return words.contains(word);
    }

    @Override
    public synchronized void note(Deed deed) {
        deeds.add(deed);
    }

    @Override
    public synchronized List<Deed> deeds(int limit) {
        return deeds.reversed().stream().limit(limit).toList();
    }
}
