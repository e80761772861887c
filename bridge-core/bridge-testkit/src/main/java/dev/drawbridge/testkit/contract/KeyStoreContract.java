package dev.drawbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.KeyStore.StoredKey;
import java.util.List;
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

    private static void assertSame(StoredKey actual, StoredKey expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private static StoredKey key(int number) {
        byte b = (byte) number;
        return new StoredKey("ref", "ED25519", new byte[] {b}, "m" + number, new byte[] {b, b}, new byte[] {b, b, b});
    }
}
