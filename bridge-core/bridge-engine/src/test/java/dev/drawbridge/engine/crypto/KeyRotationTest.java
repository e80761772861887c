package dev.drawbridge.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.KeyStore.StoredKey;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
    private static final byte[] MESSAGE = new byte[32];
    private static final String OLD = "2026 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
    private static final String NEW = "2027 "
            + Base64.getEncoder().encodeToString(new byte[] {
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
            })
            + "\n";

    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final Memory store = new Memory();
    private byte[] publicKey = new byte[0];

    @BeforeEach
    void keysOfLastYear() throws IOException {
        Signer signer = signer(keys(OLD));
        publicKey = signer.ensure("a", KeyAlgorithm.ED25519);
        for (int i = 0; i < 250; i++) {
            signer.ensure("ref " + i, KeyAlgorithm.ED25519);
        }
    }

    private MasterKeys keys(String lines) throws IOException {
        return MasterKeys.open(Files.writeString(folder.resolve("master.keys"), lines), random);
    }

    private Signer signer(MasterKeys keys) {
        return Cryptography.portable().signer(store, keys, random);
    }

    private void requireSigns(MasterKeys keys) {
        byte[] signature = signer(keys).sign("a", SignatureScheme.ED25519, MESSAGE);
        assertThat(Cryptography.portable().verify(SignatureScheme.ED25519, publicKey, MESSAGE, signature))
                .isTrue();
    }

    @Test
    void everythingIsEncryptedAnewAndTheOldKeyCanGo() throws IOException {
        var rotation = new KeyRotation(store, keys(OLD + NEW));
        assertThat(rotation.standing().newest()).isEqualTo("2027");
        assertThat(rotation.standing().counts()).isEqualTo(Map.of("2026", 251L, "2027", 0L));
        assertThat(rotation.standing().older()).isEqualTo(251);
        assertThat(rotation.run()).isEqualTo(251);
        assertThat(rotation.standing().older()).isZero();
        assertThat(rotation.running()).isFalse();
        assertThat(rotation.run()).isZero();
        requireSigns(keys(NEW));
    }

    @Test
    void whatCannotBeOpenedStaysAsItIs() throws IOException {
        var rotation = new KeyRotation(store, keys(NEW));
        assertThat(rotation.run()).isZero();
        assertThat(rotation.unopened().count()).isEqualTo(251);
        assertThat(rotation.unopened().refs())
                .hasSize(20)
                .contains("a", "ref 0")
                .doesNotHaveDuplicates();
        assertThat(rotation.running()).isFalse();
        assertThat(rotation.standing().older()).isEqualTo(251);
        requireSigns(keys(OLD));
    }

    @Test
    void oneThatDoesNotOpenStopsNoOther() throws IOException {
        var broken = new ArrayList<StoredKey>();
        for (String ref : List.of("a", "ref 120", "ref 99")) {
            StoredKey key = store.find(ref).orElseThrow();
            var wrong = new StoredKey(
                    ref, key.algorithm(), key.publicKey(), key.keyId(), key.nonce(), new byte[key.ciphertext().length]);
            store.replace(key, wrong);
            broken.add(wrong);
        }
        var rotation = new KeyRotation(store, keys(OLD + NEW));
        assertThat(rotation.run()).isEqualTo(248);
        assertThat(rotation.unopened()).isEqualTo(new KeyRotation.Unopened(3, List.of("a", "ref 120", "ref 99")));
        assertThat(rotation.standing().older()).isEqualTo(3);
        assertThat(broken).allSatisfy(key -> assertThat(store.find(key.ref())).contains(key));
        assertThat(rotation.run()).isZero();
        assertThat(rotation.unopened().count()).as("of the last run").isEqualTo(3);
    }

    @Test
    void whatAnotherInstanceEncryptedMeanwhileStays() throws IOException {
        MasterKeys both = keys(OLD + NEW);
        var other = new KeyRotation(store, both);
        Map<String, StoredKey> theirs = new HashMap<>();
        store.beforeReplacing = () -> {
            store.beforeReplacing = () -> {};
            other.run();
            theirs.putAll(store.keys);
        };
        new KeyRotation(store, both).run();
        assertThat(theirs).hasSize(251);
        assertThat(store.keys).isEqualTo(theirs);
        requireSigns(keys(NEW));
    }

    /// Enough of a store for this.
    private static final class Memory implements KeyStore {
        private final Map<String, StoredKey> keys = new HashMap<>();
        private Runnable beforeReplacing = () -> {};

        @Override
        public StoredKey putIfAbsent(StoredKey key) {
            return Optional.ofNullable(keys.putIfAbsent(key.ref(), key)).orElse(key);
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
            beforeReplacing.run();
            keys.computeIfPresent(before.ref(), (_, now) -> Arrays.equals(now.nonce(), before.nonce()) ? after : now);
        }
    }
}
