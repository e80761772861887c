package dev.drawbridge.model.port;

/// Makes and uses private keys. They never leave it.
public interface Signer {
    /// Makes the key `ref` unless it exists.
    ///
    /// @return its public half, encoded as [KeyAlgorithm] says
    /// @throws IllegalArgumentException if `ref` exists with another algorithm
    byte[] ensure(String ref, KeyAlgorithm algorithm);

    /// Signs with the key `ref`.
    ///
    /// @throws IllegalArgumentException if there is no such key, or it cannot sign with `scheme`
    byte[] sign(String ref, SignatureScheme scheme, byte[] message);
}
