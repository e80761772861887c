package dev.drawbridge.testkit;

import dev.drawbridge.model.port.Cursors;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// [Cursors] in memory.
public final class InMemoryCursors implements Cursors {
    private final Map<String, String> cursors = new ConcurrentHashMap<>();

    @Override
    public Optional<String> get(String stream) {
        return Optional.ofNullable(cursors.get(stream));
    }

    @Override
    public void put(String stream, String cursor) {
        cursors.put(stream, cursor);
    }

    @Override
    public void remove(String stream) {
        cursors.remove(stream);
    }
}
