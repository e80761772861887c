package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Multikey;
import dev.drawbridge.activitypub.object.proof.IntegrityProof;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The Ed25519 keys our actors prove their activities with
/// ([FEP-8b32](https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md)), one per actor, shown as
/// [FEP-521a](https://codeberg.org/fediverse/fep/src/branch/main/fep/521a/fep-521a.md) says.
public final class ProofKeys {
    /// What a document that shows them has to name among its contexts.
    public static final List<String> CONTEXTS =
            List.of("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1");

    private static final int REMEMBERED = 10_000;
    private final Signer signer;
    private final InstantSource clock;
    private final Cache<NativeId, byte[]> known = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    public ProofKeys(Signer signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /// The value of `assertionMethod`. The key is made on first use.
    ///
    /// @param actor the actor's id
    /// @param origin who it stands for
    public ArrayNode assertionMethod(String actor, NativeId origin) {
        return Documents.object().putArray("assertionMethod").add(Multikey.write(keyId(actor), actor, key(origin)));
    }

    /// Adds the actor's proof to an activity that is complete otherwise.
    public void prove(ObjectNode activity, String actor, NativeId origin) {
        // Made here if nobody asked for the actor yet.
        Objects.requireNonNull(key(origin));
        IntegrityProof.add(
                activity,
                keyId(actor),
                clock.instant(),
                message -> signer.sign(ref(origin), SignatureScheme.ED25519, message));
    }

    private byte[] key(NativeId origin) {
        return known.get(origin, o -> signer.ensure(ref(o), KeyAlgorithm.ED25519));
    }

    private static String keyId(String actor) {
        return actor + "#ed25519-key";
    }

    private static String ref(NativeId origin) {
        return "activitypub-proof:" + origin.key();
    }
}
