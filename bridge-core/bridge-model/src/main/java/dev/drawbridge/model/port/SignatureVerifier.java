package dev.drawbridge.model.port;

/// Checks signatures of others.
public interface SignatureVerifier {
    /// @return false for a wrong signature and also for a key or signature that is not well-formed
    boolean verify(SignatureScheme scheme, byte[] publicKey, byte[] message, byte[] signature);
}
