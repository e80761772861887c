package dev.drawbridge.model.port;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.util.Set;

/// Whom a connector listens to, in memory, for questions asked on every event of a network.
public interface Watchlist {
    /// People of `network` who opted in, and who went on elsewhere and may take back what is there. A live view, safe
    /// to read from any thread.
    Set<NativeId> people(Network network);

    /// Whether what a person says is carried; false for who is heard only where they take something back.
    default boolean carries(NativeId person) {
        return people(person.network()).contains(person);
    }

    /// The bridge's ghosts and bots on `network`. A live view, safe to read from any thread.
    Set<NativeId> ours(Network network);

    /// Calls `listener` after either view of `network`, or what [#carries(NativeId)] says of somebody there, changed.
    /// Kept for the life of the instance.
    void onChange(Network network, Runnable listener);
}
