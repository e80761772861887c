package dev.drawbridge.engine.crypto;

import java.util.Optional;

/// The curve of Nostr and of AT Protocol's `k256` keys. Two implementations give the same answers: [NativeSecp256k1]
/// and [BouncySecp256k1].
///
/// Secrets and hashes are ours and must be 32 bytes in range, else `IllegalArgumentException`. Public keys and
/// signatures are remote: whatever is wrong with them, the answer is `false`.
interface Secp256k1 {
    /// What an operator reads in the log.
    String name();

    boolean validSecret(byte[] secret);

    /// The public half as a compressed SEC1 point of 33 bytes.
    byte[] publicKey(byte[] secret);

    /// Signs as BIP-340 says.
    ///
    /// @param aux 32 bytes of auxiliary randomness
    byte[] signSchnorr(byte[] secret, byte[] message, byte[] aux);

    /// Verifies as BIP-340 says.
    ///
    /// @param publicKey x-only, 32 bytes
    boolean verifySchnorr(byte[] publicKey, byte[] message, byte[] signature);

    /// The point both sides can compute (ECDH): its x, 32 bytes, not hashed.
    ///
    /// @param publicKey x-only, 32 bytes
    /// @param blind a random secret other than `secret`: the key is split with it, so that what is measured from
    /// outside says nothing about the key
    /// @return empty if `publicKey` is no point of the curve
    Optional<byte[]> agree(byte[] secret, byte[] publicKey, byte[] blind);

    /// Signs with the nonce of RFC 6979 and returns r‖s with the lower of the two possible s.
    byte[] signEcdsa(byte[] secret, byte[] hash);

    /// @param publicKey compressed, 33 bytes
    /// @param signature r‖s, 64 bytes; a high s is refused
    boolean verifyEcdsa(byte[] publicKey, byte[] hash, byte[] signature);
}
