package dev.drawbridge.model.port;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What people said about being bridged: the last answer per person and target network, and every answer for the audit.
public interface Consents {
    /// Stores an answer. An answer older than the stored one changes nothing, nor does a yes of the same moment as a no
    /// (refusals win, in whatever order they arrive). The audit keeps every answer, the same one once.
    void put(Consent consent);

    Optional<Consent> find(NativeId actor, Network target);

    /// The last answers of a person, one per target network they ever spoke about.
    List<Consent> of(NativeId actor);

    /// Whether a person wants to be carried to a network.
    default boolean given(NativeId actor, Network target) {
        return find(actor, target).filter(Consent::given).isPresent();
    }

    /// Whether a person wants to be carried to any network.
    default boolean givenAnywhere(NativeId actor) {
        return of(actor).stream().anyMatch(Consent::given);
    }

    /// Every person of `source` who is carried to at least one network, once each.
    void forEachGiven(Network source, Consumer<NativeId> visitor);

    /// Every answer of a person, oldest first.
    List<Consent> audit(NativeId actor);
}
