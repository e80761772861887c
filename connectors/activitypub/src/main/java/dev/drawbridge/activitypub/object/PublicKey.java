package dev.drawbridge.activitypub.object;

import dev.drawbridge.model.port.SignatureScheme;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// A key an actor signs with: from `publicKey` of the
/// [security vocabulary](https://web-payments.org/vocabs/security), or from `assertionMethod` ([Multikey]).
///
/// @param id what a signature calls it
/// @param owner the actor it belongs to
/// @param scheme what it can check: `RSA_SHA256` or `ED25519`
/// @param bytes the key as the scheme wants it
public record PublicKey(String id, String owner, SignatureScheme scheme, byte[] bytes) {
    /// A SubjectPublicKeyInfo up to the 32 bytes of an Ed25519 key, RFC 8410 §4.
    private static final byte[] ED25519_INFO = HexFormat.of().parseHex("302a300506032b6570032100");

    /// Reads a key object; empty if it lacks its id, its owner or a key that can be read.
    public static Optional<PublicKey> read(As2 key) {
        return key.id()
                .flatMap(id -> key.ref("owner")
                        .or(() -> key.ref("controller"))
                        .flatMap(owner ->
                                key.text("publicKeyPem").flatMap(Pem::read).map(der -> of(id, owner, der))));
    }

    private static PublicKey of(String id, String owner, byte[] der) {
        int prefix = ED25519_INFO.length;
        boolean ed25519 = der.length == prefix + 32 && Arrays.mismatch(der, ED25519_INFO) == prefix;
        return ed25519
                ? new PublicKey(id, owner, SignatureScheme.ED25519, Arrays.copyOfRange(der, prefix, der.length))
                : new PublicKey(id, owner, SignatureScheme.RSA_SHA256, der);
    }
}
