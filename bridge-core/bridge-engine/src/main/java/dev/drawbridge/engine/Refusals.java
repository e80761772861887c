package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Consents;
import java.time.Instant;
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

    /// Whether somebody ever said no, to whatever network.
    boolean any(NativeId person) {
        return !consents.of(digest(person)).isEmpty();
    }

    private static NativeId digest(NativeId person) {
        return new NativeId(Network.BRIDGE, "refusal:" + Sha256.hex("refusal\n" + person.key()));
    }
}
