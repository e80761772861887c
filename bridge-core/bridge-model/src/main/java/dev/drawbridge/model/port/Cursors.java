package dev.drawbridge.model.port;

import java.util.Optional;

/// How far a connector has read a stream. Moves only after everything up to it is durable.
public interface Cursors {
    Optional<String> get(String stream);

    void put(String stream, String cursor);

    /// Forgets a stream that is read to its end. Does nothing if it has no cursor.
    void remove(String stream);
}
