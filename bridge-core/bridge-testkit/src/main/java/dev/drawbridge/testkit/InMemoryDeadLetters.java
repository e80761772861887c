package dev.drawbridge.testkit;

import dev.drawbridge.model.port.DeadLetters;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [DeadLetters] in memory.
public final class InMemoryDeadLetters implements DeadLetters {
    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();

    @Override
    public synchronized void put(DeadLetter letter) {
        letters.put(letter.id(), letter);
    }

    @Override
    public synchronized Optional<DeadLetter> find(String id) {
        return Optional.ofNullable(letters.get(id));
    }

    @Override
    public synchronized void remove(String id) {
        letters.remove(id);
    }

    @Override
    public synchronized List<DeadLetter> newest(int limit) {
        return letters.values().stream()
                .sorted(Comparator.comparing(DeadLetter::at).reversed().thenComparing(DeadLetter::id))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<DeadLetter> under(String prefix, int limit) {
        return letters.values().stream()
                .filter(letter -> letter.id().startsWith(prefix))
                .sorted(Comparator.comparing(DeadLetter::id))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long count() {
        return letters.size();
    }
}
