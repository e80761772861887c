package dev.drawbridge.activitypub.support;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Watchlist;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// People who opted in, and nobody of ours. Changes are told by whoever makes them.
public record Watched(Set<NativeId> known, List<Runnable> listeners) implements Watchlist {
    public Watched(Set<NativeId> known) {
        this(known, new ArrayList<>());
    }

    @Override
    public Set<NativeId> people(Network network) {
        return known;
    }

    @Override
    public Set<NativeId> ours(Network network) {
        return Set.of();
    }

    @Override
    public void onChange(Network network, Runnable listener) {
        listeners.add(listener);
    }
}
