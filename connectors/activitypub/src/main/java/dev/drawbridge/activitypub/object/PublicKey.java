package dev.drawbridge.activitypub.object;

import java.util.Optional;

/// A key an actor signs requests with, from `publicKey` of the
/// [security vocabulary](https://web-payments.org/vocabs/security).
///
/// @param id what a signature calls it
/// @param owner the actor it belongs to
/// @param der SubjectPublicKeyInfo
public record PublicKey(String id, String owner, byte[] der) {
    /// Reads a key object; empty if it lacks its id, its owner or a key that can be read.
    public static Optional<PublicKey> read(As2 key) {
        return key.id()
                .flatMap(id -> key.ref("owner")
                        .or(() -> key.ref("controller"))
                        .flatMap(owner ->
                                key.text("publicKeyPem").flatMap(Pem::read).map(der -> new PublicKey(id, owner, der))));
    }
}
