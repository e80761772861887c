package dev.drawbridge.engine.crypto;

import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.KeyStore.StoredKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encrypts keys anew that an older master key encrypted, so that it can be taken out of the file. Only keys at rest
/// change: whoever signs meanwhile signs with the same. Doing it twice, on two instances at once, or half and again
/// does the same. A key that does not open stays as it is, and stops no other.
public final class KeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final int FEW = 100;
    private static final int MOST_NAMED = 20;
    private final KeyStore store;
    private final MasterKeys masterKeys;
    private final ReentrantLock one = new ReentrantLock();
    private volatile Unopened unopened = Unopened.NONE;

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

    /// Keys that the last run could not open.
    ///
    /// @param refs the first of them, by their names
    public record Unopened(long count, List<String> refs) {
        static final Unopened NONE = new Unopened(0, List.of());

        public Unopened {
            refs = List.copyOf(refs);
        }
    }

    public Standing standing() {
        var counts = new HashMap<>(store.counts());
        counts.putIfAbsent(masterKeys.newest(), 0L);
        return new Standing(masterKeys.newest(), counts);
    }

    /// Encrypts everything anew that is not encrypted with the newest master key and opens. Returns at once if
    /// somebody else does so in this process. What does not open, because its master key is not in the file or is
    /// another, is in [#unopened()].
    ///
    /// @return how many
    public long run() {
        if (!one.tryLock()) {
            return 0;
        }
        try {
            long done = 0;
            unopened = Unopened.NONE;
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

    /// What the last run, or the one at work, could not open.
    public Unopened unopened() {
        return unopened;
    }

    /// Goes through them once, whatever becomes of each.
    private long run(String older) {
        long done = 0;
        List<StoredKey> some = store.encryptedWith(older, Optional.empty(), FEW);
        while (!some.isEmpty()) {
            done += some.stream().filter(this::renewed).count();
            some = store.encryptedWith(older, Optional.of(some.getLast().ref()), FEW);
        }
        return done;
    }

    private boolean renewed(StoredKey key) {
        StoredKey anew;
        try {
            anew = EncryptedSigner.anew(key, masterKeys);
        } catch (IllegalStateException e) {
            var refs = new ArrayList<>(unopened.refs());
            if (refs.size() < MOST_NAMED) {
                refs.add(key.ref());
                LOG.warn("not encrypted anew: {}", e.getMessage());
            }
            unopened = new Unopened(unopened.count() + 1, refs);
            return false;
        }
        store.replace(key, anew);
        return true;
    }
}
