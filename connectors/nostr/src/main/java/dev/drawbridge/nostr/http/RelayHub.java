package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Everybody who is connected to our relay: hears of each event once it is stored.
public final class RelayHub {
    private final Set<RelaySession> sessions = ConcurrentHashMap.newKeySet();

    /// Sends a stored event to every subscription that asked for it. Written as JSON once for all.
    public void published(Event event) {
        if (sessions.isEmpty()) {
            return;
        }
        String json = event.json();
        sessions.forEach(session -> session.live(event, json));
    }

    void join(RelaySession session) {
        sessions.add(session);
    }

    void leave(RelaySession session) {
        sessions.remove(session);
    }

    int size() {
        return sessions.size();
    }
}
