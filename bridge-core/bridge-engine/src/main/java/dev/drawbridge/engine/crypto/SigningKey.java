package dev.drawbridge.engine.crypto;

import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;

/// A private key, ready to sign. Never printed, never handed out.
interface SigningKey {
    KeyAlgorithm algorithm();

    /// @throws IllegalArgumentException if this kind of key has no such signatures
    byte[] sign(SignatureScheme scheme, byte[] message);
}
