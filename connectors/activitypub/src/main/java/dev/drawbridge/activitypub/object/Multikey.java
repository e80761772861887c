package dev.drawbridge.activitypub.object;

import dev.drawbridge.model.port.SignatureScheme;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Ed25519 keys as actors list them under `assertionMethod`
/// ([FEP-521a](https://codeberg.org/fediverse/fep/src/branch/main/fep/521a/fep-521a.md)). Keys of other kinds are
/// passed over: nothing on the Fediverse signs with them.
public final class Multikey {
    private static final int ED25519_BYTES = 32;
    /// The multicodec `ed25519-pub` as a variable-length integer.
    private static final byte[] ED25519_PREFIX = {(byte) 0xed, 0x01};

    private Multikey() {}

    /// Reads one verification method; empty if it lacks its id or its controller, or is no Ed25519 key.
    public static Optional<PublicKey> read(As2 method) {
        if (!method.isA("Multikey")) {
            return Optional.empty();
        }
        return method.id()
                .flatMap(id -> method.ref("controller")
                        .flatMap(controller -> method.text("publicKeyMultibase")
                                .flatMap(Multikey::ed25519)
                                .map(key -> new PublicKey(id, controller, SignatureScheme.ED25519, key))));
    }

    /// The verification method for an Ed25519 key.
    ///
    /// @param key 32 bytes
    public static ObjectNode write(String id, String controller, byte[] key) {
        return Documents.object()
                .put("id", id)
                .put("type", "Multikey")
                .put("controller", controller)
                .put("publicKeyMultibase", multibase(key));
    }

    static String multibase(byte[] key) {
        byte[] tagged = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + key.length);
        System.arraycopy(key, 0, tagged, ED25519_PREFIX.length, key.length);
        return Multibase.encode(tagged);
    }

    static Optional<byte[]> ed25519(String multibase) {
        return Multibase.decode(multibase)
                .filter(b -> b.length == ED25519_PREFIX.length + ED25519_BYTES
                        && b[0] == ED25519_PREFIX[0]
                        && b[1] == ED25519_PREFIX[1])
                .map(b -> Arrays.copyOfRange(b, ED25519_PREFIX.length, b.length));
    }
}
