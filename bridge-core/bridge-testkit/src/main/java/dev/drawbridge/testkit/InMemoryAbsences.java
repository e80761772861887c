package dev.drawbridge.testkit;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Absences;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// [Absences] in memory.
public final class InMemoryAbsences implements Absences {
    private final Map<String, Absence> missed = new TreeMap<>();

    @Override
    public synchronized Absence missed(Destination place, String home, Kind kind, Instant at) {
        Optional<Absence> before = find(place).filter(a -> a.kind() == kind);
        var now = new Absence(
                place,
                home,
                kind,
                before.map(Absence::since).orElse(at),
                before.map(Absence::times).orElse(0L) + 1,
                find(place).filter(Absence::forgotten).isPresent());
        missed.put(place.key(), now);
        return now;
    }

    @Override
    public synchronized void forget(Destination place) {
        missed.computeIfPresent(
                place.key(), (_, a) -> new Absence(a.place(), a.home(), a.kind(), a.since(), a.times(), true));
    }

    @Override
    public synchronized void answered(Destination place) {
        missed.remove(place.key());
    }

    @Override
    public synchronized Optional<Absence> find(Destination place) {
        return Optional.ofNullable(missed.get(place.key()));
    }

    @Override
    public synchronized List<Absence> at(Network network, String home) {
        return missed.values().stream()
                .filter(a -> a.place().network().equals(network) && a.home().equals(home))
                .toList();
    }
}
