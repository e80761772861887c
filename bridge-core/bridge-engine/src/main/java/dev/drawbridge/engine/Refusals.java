package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Consents;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// People who said no before they ever said yes. Nothing of them is stored but a digest that answers one question: did
/// this person refuse?
final class Refusals {
    private final Consents consents;

    Refusals(Consents consents) {
        this.consents = consents;
    }

    void remember(NativeId person, Network target, String how, Instant at) {
        consents.put(new Consent(digest(person), target, Consent.State.WITHDRAWN, how, at));
    }

    Optional<Consent> find(NativeId person, Network target) {
        return consents.find(digest(person), target);
    }

    private static NativeId digest(NativeId person) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("refusal\n" + person.key()).getBytes(StandardCharsets.UTF_8));
            return new NativeId(Network.BRIDGE, "refusal:" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
