package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Rule;
import java.util.Optional;

/// Whether a delivery is still wanted when its turn comes.
final class Wanted {
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final LiveRules rules;

    /// @param rules that may have been made since it was planned
    Wanted(Ports ports, Connectors connectors, Resolver resolver, LiveRules rules) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.rules = rules;
    }

    /// Why the delivery must not go any more. What takes something back always goes.
    Optional<String> unwanted(Delivery delivery) {
        Activity activity = delivery.activity();
        if (takesBack(activity) || delivery.origin().network().equals(Network.BRIDGE)) {
            return Optional.empty();
        }
        if (ports.ledger().tombstoned(ActivityNeeds.subject(activity), delivery.origin())) {
            return Optional.of("it was deleted meanwhile");
        }
        if (activity instanceof Activity.Publish publish && overtaken(publish, delivery.target())) {
            return Optional.of("it was edited since");
        }
        Optional<Consent> given =
                ports.consents().find(delivery.origin(), delivery.target()).filter(Consent::given);
        if (farewell(activity, delivery.target())) {
            return farewellUnwanted(delivery, given);
        }
        return given.isPresent() ? ruled(delivery) : Optional.of("its author left the bridge to " + delivery.target());
    }

    /// What was planned before they said something else is not true any more.
    private Optional<String> farewellUnwanted(Delivery delivery, Optional<Consent> given) {
        if (given.filter(consent -> consent.since().isAfter(delivery.activity().at()))
                .isPresent()) {
            return Optional.of("its author came back");
        }
        boolean gone = ports.identities()
                .find(delivery.origin(), delivery.target())
                .filter(Ghost::active)
                .isEmpty();
        return gone ? Optional.of("its author left the bridge to " + delivery.target()) : ruled(delivery);
    }

    /// Whether it says where a stand-in went that nothing is carried to any more.
    private static boolean farewell(Activity activity, Network target) {
        Optional<NativeId> account = activity instanceof Activity.ProfileUpdate update
                ? update.profile().movedTo()
                : Optional.of(activity)
                        .filter(Activity.Move.class::isInstance)
                        .map(move -> ((Activity.Move) move).target());
        return account.filter(to -> to.network().equals(target)).isPresent();
    }

    private Optional<String> ruled(Delivery delivery) {
        NativeId author = delivery.origin();
        // When it was planned it was known who they are.
        return rules.on(author, resolver)
                .filter(rule -> !rules.isUnsure(rule, author, resolver))
                .map(rule -> "the operator does not carry its author: " + rule.reason())
                .or(() -> denied(delivery.destination())
                        .map(rule -> "the operator sends nothing there: " + rule.reason()));
    }

    /// Whether nothing speaks against writing to somebody who did not ask for it: rules may have been made since.
    boolean mayWriteTo(NativeId person, Destination place) {
        return rules.on(person, resolver).isEmpty() && denied(place).isEmpty();
    }

    /// Whether nothing is sent to a place.
    Optional<Rule> denied(Destination place) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        return connectors
                .get(place.network())
                .home(place.address())
                .flatMap(rules::onHost)
                .filter(rule -> rule.effect() == Effect.DENY);
    }

    /// Whether the copy there was made by an edit, so that this version was never tried before it: it was given up, the
    /// edit was not, and somebody tries it again. A version that was tried goes on: places that wait for it get the
    /// edit after it.
    private boolean overtaken(Activity.Publish publish, Network target) {
        return ports.ledger()
                        .original(publish.post().id())
                        .filter(original -> original.editedOn().contains(target))
                        .isPresent()
                && ports.ledger()
                        .copy(publish.post().id(), target)
                        .filter(copy -> copy.at().isAfter(publish.at()))
                        .isPresent();
    }

    static boolean takesBack(Activity activity) {
        return switch (activity) {
            case Activity.Delete _,
                    Activity.DeleteAccount _,
                    Activity.Unfollow _,
                    Activity.Block _,
                    Activity.FollowAnswer _ -> true;
            case Activity.Publish _,
                    Activity.Edit _,
                    Activity.Tally _,
                    Activity.React _,
                    Activity.Repost _,
                    Activity.Follow _,
                    Activity.ProfileUpdate _,
                    Activity.Unblock _,
                    Activity.Report _,
                    Activity.Move _,
                    Activity.Pin _,
                    Activity.InteractionRequest _,
                    Activity.InteractionAnswer _,
                    Activity.Vote _ -> false;
        };
    }
}
