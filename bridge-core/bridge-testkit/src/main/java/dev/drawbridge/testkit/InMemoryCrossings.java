package dev.drawbridge.testkit;

import dev.drawbridge.model.port.Crossings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// [Crossings] in memory.
public final class InMemoryCrossings implements Crossings {
    private static final Comparator<Crossing> NEWEST_FIRST =
            Comparator.comparing(Crossing::at).reversed().thenComparing(Crossing::id);

    private final TreeMap<String, Crossing> crossings = new TreeMap<>();
    private final int keep;

    public InMemoryCrossings() {
        this(10_000);
    }

    /// @param keep how many crossings stay; the oldest go first
    public InMemoryCrossings(int keep) {
        this.keep = keep;
    }

    @Override
    public synchronized void record(Crossing crossing) {
        crossings.put(crossing.id(), crossing);
        if (crossings.size() > keep) {
            newest(crossings.size()).subList(keep, crossings.size()).forEach(c -> crossings.remove(c.id()));
        }
    }

    @Override
    public synchronized List<Crossing> newest(int limit) {
        return new ArrayList<>(
                crossings.values().stream().sorted(NEWEST_FIRST).limit(limit).toList());
    }

    @Override
    public synchronized long count(State state) {
        return crossings.values().stream().filter(c -> c.state() == state).count();
    }
}
