package dev.drawbridge.nostr.event;

import java.util.Arrays;
import java.util.Optional;

/// Who an author is: an x-only secp256k1 public key ([BIP-340](https://bips.dev/340/)).
///
/// @param hex 64 lower-case hexadecimal characters; whether they are a point of the curve is not checked
public record PublicKey(String hex) {
    public PublicKey {
        if (!Hex.is(hex, 64)) {
            throw new IllegalArgumentException("not a public key: " + hex);
        }
    }

    /// Reads what somebody else wrote.
    public static Optional<PublicKey> tryParse(String text) {
        return Hex.is(text, 64) ? Optional.of(new PublicKey(text)) : Optional.empty();
    }

    /// The key Nostr knows, out of a compressed SEC1 point of 33 bytes.
    ///
    /// @throws IllegalArgumentException if `point` is not 33 bytes long
    public static PublicKey ofCompressed(byte[] point) {
        if (point.length != 33) {
            throw new IllegalArgumentException("not a compressed point: " + point.length + " bytes");
        }
        return new PublicKey(Hex.of(Arrays.copyOfRange(point, 1, 33)));
    }

    public byte[] bytes() {
        return Hex.bytes(hex);
    }

    /// The form people see ([NIP-19](https://nips.nostr.com/19)).
    public String npub() {
        return Nip19.encode(new Nip19.Npub(this));
    }

    @Override
    public String toString() {
        return hex;
    }
}
