package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Decision;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.port.Consents;
import java.util.Optional;

/// Why somebody is not carried to a network, as far as it lies in what they and the operator said.
final class Objections {
    private final Consents consents;
    private final Terms terms;
    private final Vouches vouches;

    Objections(Consents consents, Terms terms, Vouches vouches) {
        this.consents = consents;
        this.terms = terms;
        this.vouches = vouches;
    }

    /// @param profile what they show, where it is known
    /// @return empty if they are carried
    Optional<Reason> against(NativeId person, Network target, Optional<Profile> profile) {
        Optional<Consent> consent = consents.find(person, target);
        Decision decision =
                terms.policy().decide(new ConsentPolicy.Question(consent, target, profile, Optional.empty(), false));
        Optional<Reason> said = switch (decision) {
            case Decision.Allow _ -> Optional.empty();
            case Decision.Deny(Reason reason) -> Optional.of(reason);
            case Decision.Ask(Reason reason) -> Optional.of(reason);
        };
        boolean refused = decision instanceof Decision.Deny(Reason reason) && reason != Reason.LEFT;
        if (refused) {
            return said;
        }
        Optional<Reason> rule = terms.rules().on(person, profile).map(LiveRules::reason);
        // Gates are for whoever comes in; a rule counts whenever it is made.
        boolean given = consent.filter(Consent::given).isPresent();
        return rule.or(() -> given ? Optional.empty() : vouches.objection(person, profile))
                .or(() -> said);
    }
}
