package dev.drawbridge.engine.crypto;

import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.KeyStore.StoredKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Encrypts keys anew that an older master key encrypted, so that it can be taken out of the file. Only keys at rest
/// change: whoever signs meanwhile signs with the same. Doing it twice, on two instances at once, or half and again
/// does
/// the same.
public final class KeyRotation {
    private static final int FEW = 100;
    private final KeyStore store;
    private final MasterKeys masterKeys;
    private final ReentrantLock one = new ReentrantLock();

    public KeyRotation(KeyStore store, MasterKeys masterKeys) {
        this.store = store;
        this.masterKeys = masterKeys;
    }

    /// @param newest the master key that encrypts now
    /// @param counts how many keys each master key encrypted; the newest is there also if it is none
    public record Standing(String newest, Map<String, Long> counts) {
        public Standing {
            counts = Map.copyOf(counts);
        }

        /// Those that wait to be encrypted anew.
        public long older() {
            return counts.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(newest))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    public Standing standing() {
        var counts = new HashMap<>(store.counts());
        counts.putIfAbsent(masterKeys.newest(), 0L);
        return new Standing(masterKeys.newest(), counts);
    }

    /// Encrypts everything anew that is not encrypted with the newest master key. Returns at once if somebody else does
    /// so in this process.
    ///
    /// @return how many
    /// @throws IllegalStateException if a master key is not in the file, or does not open what it should
    public long run() {
        if (!one.tryLock()) {
            return 0;
        }
        try {
            long done = 0;
            for (String older : store.counts().keySet()) {
                if (!older.equals(masterKeys.newest())) {
                    done += run(older);
                }
            }
            return done;
        } finally {
            one.unlock();
        }
    }

    /// Whether it is at work in this process.
    public boolean running() {
        return one.isLocked();
    }

    private long run(String older) {
        long done = 0;
        List<StoredKey> some = store.encryptedWith(older, FEW);
        while (!some.isEmpty()) {
            some.forEach(key -> store.replace(key, EncryptedSigner.anew(key, masterKeys)));
            done += some.size();
            some = store.encryptedWith(older, FEW);
        }
        return done;
    }
}
