package dev.drawbridge.console;

import dev.drawbridge.model.port.Operators;
import dev.drawbridge.testkit.InMemoryOperators;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A store of which is known how often it is read, and on which somebody else does something right after somebody was
/// looked up.
final class WatchedOperators implements Operators {
    private final Operators real = new InMemoryOperators();
    private Runnable next = () -> {};
    private int reads;
    /// Whether nothing can be added to the audit.
    boolean auditAway;

    int reads() {
        return reads;
    }

    /// What happens once, after the next read.
    void meanwhile(Runnable happens) {
        next = happens;
    }

    private <T> T read(T answer) {
        reads++;
        Runnable happens = next;
        next = () -> {};
        happens.run();
        return answer;
    }

    @Override
    public boolean first(Operator operator) {
        return real.first(operator);
    }

    @Override
    public boolean any() {
        return real.any();
    }

    @Override
    public Optional<Operator> find(String name) {
        return read(real.find(name));
    }

    @Override
    public List<Operator> all() {
        return read(real.all());
    }

    @Override
    public boolean change(String name, Function<Operator, Optional<Operator>> change) {
        return real.change(name, change);
    }

    @Override
    public boolean add(Operator operator, long removals) {
        return real.add(operator, removals);
    }

    @Override
    public long removals() {
        return real.removals();
    }

    @Override
    public boolean remove(String name) {
        return real.remove(name);
    }

    @Override
    public void came(String who, Instant at, Instant forget) {
        real.came(who, at, forget);
    }

    @Override
    public boolean end(String whose, Instant until, Instant forget) {
        return real.end(whose, until, forget);
    }

    @Override
    public Map<String, Instant> ended(Set<String> whose) {
        return read(real.ended(whose));
    }

    @Override
    public boolean once(String word, Instant forget) {
        return real.once(word, forget);
    }

    @Override
    public boolean said(String word) {
        return real.said(word);
    }

    @Override
    public void note(Deed deed) {
        if (auditAway) {
            throw new IllegalStateException("the store does not answer");
        }
        real.note(deed);
    }

    @Override
    public List<Deed> deeds(int limit) {
        return real.deeds(limit);
    }
}
