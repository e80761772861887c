package dev.drawbridge.model.port;

/// Kinds of keys, with the encoding their public half has everywhere in the bridge.
public enum KeyAlgorithm {
    /// X.509 SubjectPublicKeyInfo, DER.
    RSA_2048,
    /// The 32 bytes of RFC 8032.
    ED25519,
    /// The 33 bytes of a compressed SEC1 point. Nostr uses the last 32 of them.
    SECP256K1
}
