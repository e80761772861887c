package dev.drawbridge.testkit;

import dev.drawbridge.model.port.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// [KeyStore] in memory.
public final class InMemoryKeyStore implements KeyStore {
    private final Map<String, StoredKey> keys = new ConcurrentHashMap<>();

    @Override
    public StoredKey putIfAbsent(StoredKey key) {
        StoredKey first = keys.putIfAbsent(key.ref(), key);
        return first == null ? key : first;
    }

    @Override
    public Optional<StoredKey> find(String ref) {
        return Optional.ofNullable(keys.get(ref));
    }

    @Override
    public List<StoredKey> samples() {
        Map<String, StoredKey> first = new TreeMap<>();
        keys.values().forEach(key -> first.putIfAbsent(key.keyId(), key));
        return List.copyOf(first.values());
    }
}
