package dev.drawbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.KeyStore.StoredKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [KeyStore] must do.
public abstract class KeyStoreContract {
    private KeyStore keys = empty();

    /// An implementation that holds nothing.
    protected abstract KeyStore empty();

    @BeforeEach
    void startEmpty() {
        keys = empty();
    }

    @Test
    void aKeyNobodyMadeIsNotThere() {
        assertThat(keys.find("nostr:alice")).isEmpty();
    }

    @Test
    void aKeyIsKeptByteByByte() {
        StoredKey key = new StoredKey(
                "nostr:alice", "SECP256K1", new byte[] {2, -1, 0, 127}, "master 1", new byte[12], new byte[] {-128, 7});
        assertSame(keys.putIfAbsent(key), key);
        assertSame(keys.find("nostr:alice").orElseThrow(), key);
        assertThat(keys.find("nostr:alic")).isEmpty();
    }

    @Test
    void theFirstKeyStays() {
        keys.putIfAbsent(key(1));
        assertSame(keys.putIfAbsent(key(2)), key(1));
        assertSame(keys.find("ref").orElseThrow(), key(1));
    }

    @Test
    void ofKeysMadeAtOnceExactlyOneStaysAndEverybodyGetsIt() {
        List<StoredKey> answers = Race.of(8, i -> keys.putIfAbsent(key(i)));
        StoredKey stored = keys.find("ref").orElseThrow();
        assertThat(answers).allSatisfy(answer -> assertSame(answer, stored));
    }

    @Test
    void thereIsASampleForEachMasterKeyThatWasUsed() {
        assertThat(keys.samples()).isEmpty();
        for (int i = 0; i < 3; i++) {
            keys.putIfAbsent(new StoredKey("a" + i, "ED25519", new byte[] {1}, "first", new byte[12], new byte[] {2}));
        }
        keys.putIfAbsent(new StoredKey("b", "ED25519", new byte[] {1}, "second", new byte[12], new byte[] {3}));
        assertThat(keys.samples()).extracting(StoredKey::keyId).containsExactlyInAnyOrder("first", "second");
        assertThat(keys.samples())
                .filteredOn(k -> k.keyId().equals("second"))
                .singleElement()
                .satisfies(k -> {
                    assertThat(k.ref()).isEqualTo("b");
                    assertThat(k.ciphertext()).containsExactly(3);
                });
    }

    @Test
    void whatAMasterKeyEncryptedIsCountedAndFound() {
        assertThat(keys.counts()).isEmpty();
        for (int i = 0; i < 3; i++) {
            keys.putIfAbsent(new StoredKey("a" + i, "ED25519", new byte[] {1}, "first", new byte[12], new byte[] {2}));
        }
        keys.putIfAbsent(new StoredKey("b", "ED25519", new byte[] {1}, "second", new byte[12], new byte[] {3}));
        assertThat(keys.counts()).containsExactlyInAnyOrderEntriesOf(Map.of("first", 3L, "second", 1L));
        assertThat(keys.encryptedWith("first", Optional.empty(), 10))
                .extracting(StoredKey::ref)
                .containsExactly("a0", "a1", "a2");
        assertThat(keys.encryptedWith("first", Optional.empty(), 2))
                .extracting(StoredKey::ref)
                .containsExactly("a0", "a1");
        assertThat(keys.encryptedWith("first", Optional.of("a1"), 2))
                .extracting(StoredKey::ref)
                .containsExactly("a2");
        assertThat(keys.encryptedWith("first", Optional.of("a2"), 2)).isEmpty();
        assertThat(keys.encryptedWith("third", Optional.empty(), 2)).isEmpty();
    }

    @Test
    void aKeyIsEncryptedAnewUnlessItChangedMeanwhile() {
        StoredKey before = keys.putIfAbsent(key(1));
        var after = new StoredKey("ref", "ED25519", new byte[] {1}, "newer", new byte[] {7, 7}, new byte[] {8});
        keys.replace(before, after);
        assertSame(keys.find("ref").orElseThrow(), after);
        assertThat(keys.counts()).isEqualTo(Map.of("newer", 1L));
        keys.replace(before, new StoredKey("ref", "ED25519", new byte[] {1}, "late", new byte[] {9}, new byte[] {9}));
        assertSame(keys.find("ref").orElseThrow(), after);
        StoredKey gone = new StoredKey("none", "ED25519", new byte[] {1}, "m", new byte[] {1}, new byte[] {1});
        keys.replace(gone, gone);
        assertThat(keys.find("none")).isEmpty();
    }

    @Test
    void noKeyTakesThePlaceOfAnother() {
        StoredKey before = keys.putIfAbsent(key(1));
        for (StoredKey other : List.of(
                new StoredKey("other", "ED25519", new byte[] {1}, "n", new byte[] {7}, new byte[] {8}),
                new StoredKey("ref", "RSA_2048", new byte[] {1}, "n", new byte[] {7}, new byte[] {8}),
                new StoredKey("ref", "ED25519", new byte[] {2}, "n", new byte[] {7}, new byte[] {8}))) {
            assertThatIllegalArgumentException().isThrownBy(() -> keys.replace(before, other));
        }
        assertSame(keys.find("ref").orElseThrow(), before);
    }

    private static void assertSame(StoredKey actual, StoredKey expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private static StoredKey key(int number) {
        byte b = (byte) number;
        return new StoredKey("ref", "ED25519", new byte[] {b}, "m" + number, new byte[] {b, b}, new byte[] {b, b, b});
    }
}
