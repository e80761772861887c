package dev.drawbridge.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
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
        assertThatThrownBy(rotation::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2026");
        assertThat(rotation.running()).isFalse();
        assertThat(rotation.standing().older()).isEqualTo(251);
        requireSigns(keys(OLD));
    }

    /// Enough of a store for this.
    private static final class Memory implements KeyStore {
        private final Map<String, StoredKey> keys = new HashMap<>();

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
        public List<StoredKey> encryptedWith(String keyId, int limit) {
            return keys.values().stream()
                    .filter(key -> key.keyId().equals(keyId))
                    .limit(limit)
                    .toList();
        }

        @Override
        public void replace(StoredKey before, StoredKey after) {
            keys.replace(before.ref(), after);
        }
    }
}
