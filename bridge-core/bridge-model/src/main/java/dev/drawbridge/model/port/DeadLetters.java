package dev.drawbridge.model.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the bridge gave up on: kept, counted, shown, replayed on a click. Unique by id.
public interface DeadLetters {
    /// The stage that gave up, which is where a replay starts.
    enum Stage {
        BRIDGE,
        DELIVER,
        /// A connector took it, and could not carry it out later.
        CONNECTOR
    }

    /// @param id the id of the event or delivery
    /// @param stage where it ended
    /// @param destination where it was going; empty before it was planned
    /// @param reason for a person to read
    /// @param body the item as the engine wrote it, or the connector
    record DeadLetter(String id, Stage stage, String destination, String reason, String body, Instant at) {}

    void put(DeadLetter letter);

    Optional<DeadLetter> find(String id);

    void remove(String id);

    List<DeadLetter> newest(int limit);

    /// Those whose ids begin with `prefix`, by id.
    List<DeadLetter> under(String prefix, int limit);

    long count();
}
