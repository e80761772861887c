package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Turns an activity and the places it goes to into deliveries. Pure: the same plan however often it is asked.
final class DeliveryPlanner {
    private DeliveryPlanner() {}

    static List<Delivery> plan(
            Activity activity, NativeId origin, Collection<Destination> destinations, Instant receivedAt) {
        return destinations.stream()
                .distinct()
                .sorted(Comparator.comparing(Destination::key))
                .map(destination -> Delivery.of(activity, origin, destination, receivedAt))
                .toList();
    }
}
