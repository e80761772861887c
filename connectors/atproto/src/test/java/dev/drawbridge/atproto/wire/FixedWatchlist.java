package dev.drawbridge.atproto.wire;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Watchlist;
import java.util.Set;

/// Whom a test says; the sets may change, and nobody is told.
record FixedWatchlist(Set<NativeId> people, Set<NativeId> ours) implements Watchlist {
    @Override
    public Set<NativeId> people(Network network) {
        return people;
    }

    @Override
    public Set<NativeId> ours(Network network) {
        return ours;
    }

    @Override
    public void onChange(Network network, Runnable listener) {}
}
