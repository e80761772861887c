package dev.drawbridge.testkit;

import dev.drawbridge.model.port.Operators;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// [Operators] in memory.
public final class InMemoryOperators implements Operators {
    private final List<Deed> deeds = new ArrayList<>();
    private Optional<Operator> operator = Optional.empty();

    @Override
    public synchronized boolean first(Operator first) {
        if (operator.isPresent()) {
            return false;
        }
        operator = Optional.of(first);
        return true;
    }

    @Override
    public synchronized boolean any() {
        return operator.isPresent();
    }

    @Override
    public synchronized Optional<Operator> find(String name) {
        return operator.filter(o -> o.name().equals(name));
    }

    @Override
    public synchronized List<Operator> all() {
        return operator.stream().toList();
    }

    @Override
    public synchronized boolean change(String name, Function<Operator, Optional<Operator>> change) {
        Optional<Operator> changed =
                find(name).flatMap(change).filter(now -> now.name().equals(name));
        changed.ifPresent(now -> operator = Optional.of(now));
        return changed.isPresent();
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
