package dev.drawbridge.engine;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Consents;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.Watchlist;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The watchlist in memory: read from the store at start, kept up to date by the engine.
public final class LiveWatchlist implements Watchlist {
    private final Map<Network, Set<NativeId>> people = new ConcurrentHashMap<>();
    private final Set<NativeId> gone = ConcurrentHashMap.newKeySet();
    /// Of those who opted in while this runs.
    private final Map<NativeId, Instant> since = new ConcurrentHashMap<>();
    private final Map<Network, Set<NativeId>> ours = new ConcurrentHashMap<>();
    private final Map<Network, List<Runnable>> listeners = new ConcurrentHashMap<>();
    private volatile Instant loaded = Instant.EPOCH;

    /// Reads everybody who opted in, whoever went on elsewhere, and every ghost, on `networks`.
    public void load(Consents consents, IdentityMap identities, Collection<Network> networks, Instant now) {
        loaded = now;
        for (Network network : networks) {
            consents.forEachGiven(network, person -> peopleOf(network).add(person));
        }
        for (Network network : networks) {
            identities.forEach(network, ghost -> {
                oursOf(network).add(ghost.id());
                NativeId person = ghost.origin();
                boolean left = ghost.active()
                        && !ghost.bot()
                        && !peopleOf(person.network()).contains(person);
                if (left
                        && consents.find(person, network).filter(OptIns::wentOn).isPresent()) {
                    onlyTakesBack(person);
                }
            });
        }
        networks.forEach(this::changed);
    }

    @Override
    public Set<NativeId> people(Network network) {
        return Collections.unmodifiableSet(peopleOf(network));
    }

    @Override
    public boolean carries(NativeId person) {
        return peopleOf(person.network()).contains(person) && !gone.contains(person);
    }

    /// Whether somebody who is carried made something after they said yes for sure. If not, the store knows.
    boolean surelyCarriedAt(NativeId person, Instant at) {
        return !at.isBefore(since.getOrDefault(person, loaded));
    }

    @Override
    public Set<NativeId> ours(Network network) {
        return Collections.unmodifiableSet(oursOf(network));
    }

    @Override
    public void onChange(Network network, Runnable listener) {
        listeners.computeIfAbsent(network, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /// @param said when they said yes
    void addPerson(NativeId person, Instant said) {
        since.put(person, said);
        boolean back = gone.remove(person);
        if (peopleOf(person.network()).add(person) || back) {
            changed(person.network());
        }
    }

    /// Somebody is carried nowhere any more, and what is there of theirs stays until they take it back.
    void onlyTakesBack(NativeId person) {
        boolean left = gone.add(person);
        if (peopleOf(person.network()).add(person) || left) {
            changed(person.network());
        }
    }

    void removePerson(NativeId person) {
        since.remove(person);
        if (peopleOf(person.network()).remove(person)) {
            changed(person.network());
        }
        gone.remove(person);
    }

    void addOurs(Ghost ghost) {
        if (oursOf(ghost.network()).add(ghost.id())) {
            changed(ghost.network());
        }
    }

    private void changed(Network network) {
        listeners.getOrDefault(network, List.of()).forEach(Runnable::run);
    }

    private Set<NativeId> peopleOf(Network network) {
        return people.computeIfAbsent(network, _ -> ConcurrentHashMap.newKeySet());
    }

    private Set<NativeId> oursOf(Network network) {
        return ours.computeIfAbsent(network, _ -> ConcurrentHashMap.newKeySet());
    }
}
