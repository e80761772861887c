package dev.drawbridge.testkit;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Consents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// [Consents] in memory.
public final class InMemoryConsents implements Consents {
    private static final Comparator<Consent> OLDEST_FIRST = Comparator.comparing(Consent::since)
            .thenComparing(Consent::state)
            .thenComparing(Consent::target)
            .thenComparing(Consent::how);

    private final Map<NativeId, Map<Network, Consent>> last = new TreeMap<>();
    private final Map<NativeId, TreeSet<Consent>> audit = new TreeMap<>();

    @Override
    public synchronized void put(Consent consent) {
        audit.computeIfAbsent(consent.actor(), a -> new TreeSet<>(OLDEST_FIRST)).add(consent);
        last.computeIfAbsent(consent.actor(), a -> new TreeMap<>())
                .merge(consent.target(), consent, InMemoryConsents::later);
    }

    private static Consent later(Consent stored, Consent answer) {
        int order = answer.since().compareTo(stored.since());
        return order > 0 || (order == 0 && !answer.given()) ? answer : stored;
    }

    @Override
    public synchronized Optional<Consent> find(NativeId actor, Network target) {
        return Optional.ofNullable(last.getOrDefault(actor, Map.of()).get(target));
    }

    @Override
    public synchronized List<Consent> of(NativeId actor) {
        return List.copyOf(last.getOrDefault(actor, Map.of()).values());
    }

    @Override
    public void forEachGiven(Network source, Consumer<NativeId> visitor) {
        given(source).forEach(visitor);
    }

    private synchronized List<NativeId> given(Network source) {
        return last.entrySet().stream()
                .filter(e -> e.getKey().network().equals(source))
                .filter(e -> e.getValue().values().stream().anyMatch(Consent::given))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized List<Consent> audit(NativeId actor) {
        return new ArrayList<>(audit.getOrDefault(actor, new TreeSet<>(OLDEST_FIRST)));
    }
}
