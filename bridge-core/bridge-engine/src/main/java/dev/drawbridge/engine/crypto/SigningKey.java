package dev.drawbridge.engine.crypto;

import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import java.util.Optional;

/// A private key, ready to sign. Never printed, never handed out.
interface SigningKey {
    KeyAlgorithm algorithm();

    /// @throws IllegalArgumentException if this kind of key has no such signatures
    byte[] sign(SignatureScheme scheme, byte[] message);

    /// What this key and another have in common; see [dev.drawbridge.model.port.Signer#agree(String, byte[])].
    ///
    /// @throws IllegalArgumentException if this kind of key has no such thing
    default Optional<byte[]> agree(byte[] otherKey) {
        throw new IllegalArgumentException("a key of " + algorithm() + " agrees on nothing");
    }
}
