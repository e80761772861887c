package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import java.util.Optional;

/// Whether a delivery is still wanted when its turn comes.
final class Wanted {
    private final Ports ports;

    Wanted(Ports ports) {
        this.ports = ports;
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
        boolean wanted = ports.consents()
                .find(delivery.origin(), delivery.target())
                .filter(Consent::given)
                .isPresent();
        return wanted ? Optional.empty() : Optional.of("its author left the bridge to " + delivery.target());
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
