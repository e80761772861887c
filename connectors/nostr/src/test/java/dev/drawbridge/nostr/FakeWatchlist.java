package dev.drawbridge.nostr;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Watchlist;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Says what a test wants.
public final class FakeWatchlist implements Watchlist {
    public final Set<NativeId> people = ConcurrentHashMap.newKeySet();
    public final Set<NativeId> ours = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new ArrayList<>();

    @Override
    public Set<NativeId> people(Network network) {
        return people;
    }

    @Override
    public Set<NativeId> ours(Network network) {
        return ours;
    }

    @Override
    public void onChange(Network network, Runnable listener) {
        listeners.add(listener);
    }

    public void watch(NativeId person) {
        people.add(person);
        changed();
    }

    public void changed() {
        listeners.forEach(Runnable::run);
    }
}
