package dev.drawbridge.testkit;

import dev.drawbridge.model.port.Complaints;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [Complaints] in memory.
public final class InMemoryComplaints implements Complaints {
    private final Map<String, Complaint> complaints = new HashMap<>();

    @Override
    public synchronized void heard(Complaint heard) {
        complaints.merge(
                heard.id(),
                heard,
                (known, again) -> new Complaint(
                        known.id(),
                        known.from(),
                        known.person(),
                        known.about(),
                        again.reason(),
                        known.first(),
                        again.last(),
                        known.state(),
                        known.decision()));
    }

    @Override
    public synchronized boolean decide(String id, State state, String decision) {
        return complaints.computeIfPresent(
                        id,
                        (_, c) -> new Complaint(
                                c.id(),
                                c.from(),
                                c.person(),
                                c.about(),
                                c.reason(),
                                c.first(),
                                c.last(),
                                state,
                                decision))
                != null;
    }

    @Override
    public synchronized Optional<Complaint> find(String id) {
        return Optional.ofNullable(complaints.get(id));
    }

    @Override
    public synchronized List<Complaint> newest(boolean openOnly, int limit) {
        return complaints.values().stream()
                .filter(c -> !openOnly || c.state() == State.OPEN)
                .sorted(Comparator.comparing(Complaint::last).reversed().thenComparing(Complaint::id))
                .limit(limit)
                .toList();
    }
}
