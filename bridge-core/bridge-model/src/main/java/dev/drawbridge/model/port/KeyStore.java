package dev.drawbridge.model.port;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Encrypted private keys. Knows nothing about what is inside.
public interface KeyStore {
    /// @param ref whose key, as the signer names it
    /// @param algorithm the signer's name for the kind of key
    /// @param publicKey in the encoding of [Signer]
    /// @param keyId which master key encrypted it
    /// @param nonce of the encryption
    /// @param ciphertext the private key, encrypted and authenticated
    record StoredKey(String ref, String algorithm, byte[] publicKey, String keyId, byte[] nonce, byte[] ciphertext) {
        /// Whether it is the same key, however it is encrypted.
        public boolean same(StoredKey other) {
            return ref.equals(other.ref())
                    && algorithm.equals(other.algorithm())
                    && Arrays.equals(publicKey, other.publicKey());
        }
    }

    /// Stores a key unless there is one for `ref`.
    ///
    /// @return what is stored now
    StoredKey putIfAbsent(StoredKey key);

    Optional<StoredKey> find(String ref);

    /// How many keys each master key encrypted. None where keys are gone with the process.
    default Map<String, Long> counts() {
        return Map.of();
    }

    /// Some of those that a master key encrypted, in the order of their `ref`.
    ///
    /// @param after only those after this `ref`; empty for the first
    default List<StoredKey> encryptedWith(String keyId, Optional<String> after, int limit) {
        return List.of();
    }

    /// Puts a key encrypted anew in the place of what was read. Does nothing if it was changed since.
    ///
    /// @throws IllegalArgumentException if they are not the same key
    default void replace(StoredKey before, StoredKey after) {
        throw new UnsupportedOperationException("these keys are gone with the process");
    }

    /// One key for each master key that encrypted any: what a start has to be able to open. None where keys are gone
    /// with the process.
    default List<StoredKey> samples() {
        return List.of();
    }
}
