package dev.drawbridge.model.port;

import java.util.Optional;

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

    /// What only the key `ref` and the owner of `otherKey` can compute (ECDH on secp256k1): the x of the shared point,
    /// 32 bytes, not hashed. Whoever has it reads what the two write to each other, so it goes no further than one
    /// message.
    ///
    /// @param otherKey x-only, 32 bytes; remote
    /// @return empty if `otherKey` is no key
    /// @throws IllegalArgumentException if there is no key `ref`, or it is on no such curve
    /// @throws UnsupportedOperationException if this signer only signs
    default Optional<byte[]> agree(String ref, byte[] otherKey) {
        throw new UnsupportedOperationException("this signer only signs");
    }

    /// A key on secp256k1 for one message: in memory only, nobody can find it again.
    ///
    /// @throws UnsupportedOperationException if this signer only signs
    default OneTimeKey oneTimeKey() {
        throw new UnsupportedOperationException("this signer only signs");
    }

    /// The key `ref` for its owner, encrypted with a password of theirs: the 91 bytes that
    /// [NIP-49](https://nips.nostr.com/49) writes as `ncryptsec`. Takes about a tenth of a second and 64 MiB.
    ///
    /// @param password not blank; normalised as the NIP says
    /// @throws IllegalArgumentException if there is no key `ref`, it is not on secp256k1, or the password is blank
    /// @throws UnsupportedOperationException if this signer only signs
    default byte[] export(String ref, String password) {
        throw new UnsupportedOperationException("this signer only signs");
    }

    /// See [#oneTimeKey()].
    interface OneTimeKey {
        /// Encoded as [KeyAlgorithm#SECP256K1] says.
        byte[] publicKey();

        /// @throws IllegalArgumentException if it cannot sign with `scheme`
        byte[] sign(SignatureScheme scheme, byte[] message);

        /// @return empty if `otherKey` is no key
        Optional<byte[]> agree(byte[] otherKey);
    }
}
