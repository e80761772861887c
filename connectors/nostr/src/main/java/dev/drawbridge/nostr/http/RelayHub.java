package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Every connection to our relay, and the way a new event takes to those who wait for it.
public final class RelayHub {
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /// What one client wants to hear.
    interface Connection {
        /// @param json the event, written once for all
        void offer(Event event, String json);
    }

    void add(Connection connection) {
        connections.add(connection);
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    /// Passes an event on to everybody who asked for its like. Never blocks.
    public void published(Event event) {
        if (connections.isEmpty()) {
            return;
        }
        String json = event.json();
        connections.forEach(connection -> connection.offer(event, json));
    }

    int size() {
        return connections.size();
    }
}
