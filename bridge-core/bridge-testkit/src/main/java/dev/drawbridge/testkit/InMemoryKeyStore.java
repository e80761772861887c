package dev.drawbridge.testkit;

import dev.drawbridge.model.port.KeyStore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

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
    public Map<String, Long> counts() {
        return keys.values().stream().collect(Collectors.groupingBy(StoredKey::keyId, Collectors.counting()));
    }

    @Override
    public List<StoredKey> encryptedWith(String keyId, Optional<String> after, int limit) {
        return keys.values().stream()
                .filter(key -> key.keyId().equals(keyId))
                .filter(key -> after.isEmpty() || key.ref().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(StoredKey::ref))
                .limit(limit)
                .toList();
    }

    @Override
    public void replace(StoredKey before, StoredKey after) {
        if (!before.same(after)) {
            throw new IllegalArgumentException("another key: " + after.ref());
        }
        keys.computeIfPresent(before.ref(), (_, now) -> Arrays.equals(now.nonce(), before.nonce()) ? after : now);
    }

    @Override
    public List<StoredKey> samples() {
        Map<String, StoredKey> first = new TreeMap<>();
        keys.values().forEach(key -> first.putIfAbsent(key.keyId(), key));
        return List.copyOf(first.values());
    }
}
