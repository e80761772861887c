package dev.drawbridge.model.port;

import java.util.List;
import java.util.Optional;

/// Encrypted private keys. Knows nothing about what is inside.
public interface KeyStore {
    /// @param ref whose key, as the signer names it
    /// @param algorithm the signer's name for the kind of key
    /// @param publicKey in the encoding of [Signer]
    /// @param keyId which master key encrypted it
    /// @param nonce of the encryption
    /// @param ciphertext the private key, encrypted and authenticated
    record StoredKey(String ref, String algorithm, byte[] publicKey, String keyId, byte[] nonce, byte[] ciphertext) {}

    /// Stores a key unless there is one for `ref`.
    ///
    /// @return what is stored now
    StoredKey putIfAbsent(StoredKey key);

    Optional<StoredKey> find(String ref);

    /// One key for each master key that encrypted any: what a start has to be able to open. None where keys are gone
    /// with the process.
    default List<StoredKey> samples() {
        return List.of();
    }
}
