package dev.drawbridge.config.demo;

import dev.drawbridge.model.port.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keys that are gone when the demo ends.
final class SandboxKeys implements KeyStore {
    private final Map<String, StoredKey> keys = new ConcurrentHashMap<>();

    @Override
    public StoredKey putIfAbsent(StoredKey key) {
        return keys.computeIfAbsent(key.ref(), _ -> key);
    }

    @Override
    public Optional<StoredKey> find(String ref) {
        return Optional.ofNullable(keys.get(ref));
    }
}
