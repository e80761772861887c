package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that the bridge made of somebody's posts, likes and reposts on one network.
final class Copies {
    private static final int PAGE = 500;

    private Copies() {}

    /// Takes every copy back from where it went.
    ///
    /// @param cause what makes it so
    static List<Delivery> takeBack(
            Ledger ledger, NativeId person, Network target, NativeId cause, Instant at, Instant receivedAt) {
        List<Delivery> deliveries = new ArrayList<>();
        Optional<NativeId> after = Optional.empty();
        List<Ledger.Copy> page;
        do {
            page = ledger.copiesBy(person, target, after, PAGE);
            for (Ledger.Copy copy : page) {
                var id = new NativeId(
                        Network.BRIDGE,
                        "delete:" + cause.key() + ":" + copy.original().key());
                var delete = new Activity.Delete(id, person, at, copy.original());
                deliveries.addAll(DeliveryPlanner.plan(delete, person, copy.destinations(), receivedAt));
                after = Optional.of(copy.original());
            }
        } while (page.size() == PAGE);
        return deliveries;
    }
}
