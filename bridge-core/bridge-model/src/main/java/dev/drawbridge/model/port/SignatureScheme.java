package dev.drawbridge.model.port;

/// How a signature is made, and what the public key and the signature look like.
public enum SignatureScheme {
    /// RSASSA-PKCS1-v1_5 with SHA-256 over the message; key as SubjectPublicKeyInfo.
    RSA_SHA256,
    /// Ed25519 over the message; key of 32 bytes, signature of 64.
    ED25519,
    /// BIP-340 over a 32-byte message; x-only key of 32 bytes, signature of 64.
    BIP340,
    /// ECDSA on secp256k1 over SHA-256 of the message; compressed key, signature r‖s of 64 bytes with low s.
    ECDSA_SECP256K1,
    /// ECDSA on P-256 over SHA-256 of the message; compressed key, signature r‖s of 64 bytes with low s.
    ECDSA_P256
}
