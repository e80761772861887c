package dev.drawbridge.atproto.record.did;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Base58btc;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.SignatureVerifier;
import java.util.Arrays;
import java.util.Optional;

/// A public key of one of the two curves the network uses, with its `did:key` and Multikey text forms.
///
/// Spec: [Cryptography](https://atproto.com/specs/cryptography#public-key-encoding)
public final class DidKey {
    private static final String PREFIX = "did:key:";
    private static final char BASE58 = 'z';
    private static final int COMPRESSED = 33;
    private static final int UNCOMPRESSED = 65;

    /// The curve of a key.
    public enum Curve {
        SECP256K1(SignatureScheme.ECDSA_SECP256K1, 0xe7, 0x01),
        P256(SignatureScheme.ECDSA_P256, 0x80, 0x24);

        private final SignatureScheme scheme;
        private final byte[] code;

        Curve(SignatureScheme scheme, int first, int second) {
            this.scheme = scheme;
            code = new byte[] {(byte) first, (byte) second};
        }

        /// How signatures by keys of this curve are checked.
        public SignatureScheme scheme() {
            return scheme;
        }
    }

    private final Curve curve;
    private final byte[] point;

    private DidKey(Curve curve, byte[] point) {
        this.curve = curve;
        this.point = point;
    }

    /// @param point the 33 bytes of a compressed point, as the signer gives it
    /// @throws IllegalArgumentException if it is not of that shape
    public static DidKey of(Curve curve, byte[] point) {
        if (point.length != COMPRESSED || (point[0] != 2 && point[0] != 3)) {
            throw new IllegalArgumentException("not a compressed point");
        }
        return new DidKey(curve, point.clone());
    }

    /// Reads `did:key:z…`.
    ///
    /// @throws MalformedData if it is no such key of these curves
    public static DidKey parse(String didKey) {
        if (!didKey.startsWith(PREFIX)) {
            throw new MalformedData("not a did:key");
        }
        return fromMultibase(didKey.substring(PREFIX.length()));
    }

    public static Optional<DidKey> tryParse(String didKey) {
        try {
            return Optional.of(parse(didKey));
        } catch (MalformedData e) {
            return Optional.empty();
        }
    }

    /// Reads the `publicKeyMultibase` of a Multikey.
    ///
    /// @throws MalformedData if it is no such key of these curves
    public static DidKey fromMultibase(String multibase) {
        byte[] bytes = base58(multibase);
        for (Curve curve : Curve.values()) {
            if (bytes.length == COMPRESSED + 2 && bytes[0] == curve.code[0] && bytes[1] == curve.code[1]) {
                return compressed(curve, Arrays.copyOfRange(bytes, 2, bytes.length));
            }
        }
        throw new MalformedData("key is neither secp256k1 nor P-256 in compressed form");
    }

    /// Reads the `publicKeyMultibase` of the older types that name their curve: the point alone, compressed or not.
    ///
    /// @throws MalformedData if it is no such point
    public static DidKey fromLegacyMultibase(Curve curve, String multibase) {
        byte[] bytes = base58(multibase);
        if (bytes.length == UNCOMPRESSED && bytes[0] == 4) {
            byte[] point = Arrays.copyOf(bytes, COMPRESSED);
            point[0] = (byte) (2 + (bytes[UNCOMPRESSED - 1] & 1));
            return new DidKey(curve, point);
        }
        return compressed(curve, bytes);
    }

    public Curve curve() {
        return curve;
    }

    /// The 33 bytes of the compressed point.
    public byte[] point() {
        return point.clone();
    }

    /// The Multikey text, `z…`.
    public String multibase() {
        byte[] bytes = new byte[COMPRESSED + 2];
        bytes[0] = curve.code[0];
        bytes[1] = curve.code[1];
        System.arraycopy(point, 0, bytes, 2, COMPRESSED);
        return BASE58 + Base58btc.encode(bytes);
    }

    /// True if `signature` is this key's over SHA-256 of `message`: 64 bytes, low s.
    public boolean verify(SignatureVerifier verifier, byte[] message, byte[] signature) {
        return verifier.verify(curve.scheme, point.clone(), message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DidKey key && curve == key.curve && Arrays.equals(point, key.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }

    /// The `did:key:z…` form.
    @Override
    public String toString() {
        return PREFIX + multibase();
    }

    private static DidKey compressed(Curve curve, byte[] point) {
        if (point.length != COMPRESSED || (point[0] != 2 && point[0] != 3)) {
            throw new MalformedData("key is not a compressed point");
        }
        return new DidKey(curve, point);
    }

    private static byte[] base58(String multibase) {
        if (multibase.isEmpty() || multibase.charAt(0) != BASE58) {
            throw new MalformedData("key is not in base58btc");
        }
        return Base58btc.decode(multibase.substring(1));
    }
}
