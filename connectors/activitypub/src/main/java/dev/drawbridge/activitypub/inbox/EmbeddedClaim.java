package dev.drawbridge.activitypub.inbox;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.proof.LinkedDataSignature;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// What an activity says about who signed it, whoever brings it: an integrity proof or a linked-data signature.
final class EmbeddedClaim {
    private EmbeddedClaim() {}

    /// @return empty if it does not say that it is signed
    static Optional<Claimed> of(As2 activity) {
        return activity.objects("proof").stream()
                .flatMap(proof -> proof.ref("verificationMethod").stream())
                .findFirst()
                .or(() -> LinkedDataSignature.creator(activity))
                .map(key -> Claimed.ofTheActivityOnly(key, digest(activity)));
    }

    private static byte[] digest(As2 activity) {
        try {
            byte[] text = Documents.write(activity.node()).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
