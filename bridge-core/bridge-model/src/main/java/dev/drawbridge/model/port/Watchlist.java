package dev.drawbridge.model.port;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.util.Set;

/// Whom a connector listens to, in memory, for questions asked on every event of a network.
public interface Watchlist {
    /// People of `network` who opted in. A live view, safe to read from any thread.
    Set<NativeId> people(Network network);

    /// The bridge's ghosts and bots on `network`. A live view, safe to read from any thread.
    Set<NativeId> ours(Network network);

    /// Calls `listener` after either view of `network` changed. Kept for the life of the instance.
    void onChange(Network network, Runnable listener);
}
