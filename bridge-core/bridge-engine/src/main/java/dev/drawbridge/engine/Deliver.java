package dev.drawbridge.engine;

import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.port.Crossings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The third stage: one delivery to its destination, or into the parking behind whatever it has to wait for.
public final class Deliver {
    private static final Duration PARENT_PATIENCE = Duration.ofMinutes(1);
    private final Ports ports;
    private final DeliveryAttempt attempt;
    private final RetryPolicy retries;
    private final InstantSource clock;
    private final Runnable soon;

    /// @param soon lets the parking clock tick in a moment instead of at its next turn; returns at once
    public Deliver(Ports ports, DeliveryAttempt attempt, RetryPolicy retries, InstantSource clock, Runnable soon) {
        this.ports = ports;
        this.attempt = attempt;
        this.retries = retries;
        this.clock = clock;
        this.soon = soon;
    }

    /// Returns when the delivery is done or durably parked. Throws only if it is neither.
    public void deliver(Delivery delivery) {
        if (AskLetter.is(delivery.activity())) {
            attempt.once(delivery);
            return;
        }
        List<String> ahead = ahead(delivery);
        Set<String> held = ports.parking().holding(Set.copyOf(ahead));
        if (!held.isEmpty()) {
            String key = ahead.stream().filter(held::contains).findFirst().orElseThrow();
            park(delivery, key, "waits behind earlier deliveries", clock.instant());
            return;
        }
        var busy = ports.parking().keyOfSubject(ParkingKeys.subject(delivery));
        if (busy.isPresent()) {
            park(delivery, busy.get(), "waits behind an earlier delivery about the same object", clock.instant());
            return;
        }
        if (delivery.destination().isFollowers()) {
            // The clock brings it to them, beside everything else and after what the author said before.
            park(delivery, ParkingKeys.destination(delivery), "on its way to the followers", clock.instant());
            soon.run();
            return;
        }
        switch (attempt.attempt(delivery, Optional.empty())) {
            case Attempt.Done _ -> {}
            case Attempt.Wait(String key, String reason, var after) -> {
                Duration wait = retries.next(1, Duration.ZERO).orElse(PARENT_PATIENCE);
                // Not sooner than the place asks for, nor than we would come by ourselves.
                Duration asked = after.filter(a -> a.compareTo(wait) > 0).orElse(wait);
                park(delivery, key, reason, clock.instant().plus(asked));
                if (attempt.arrivedMeanwhile(delivery)) {
                    ports.parking().release(key, clock.instant());
                }
            }
        }
    }

    /// What it must not overtake. Only what is counted waits for its turn; what changes or takes back goes past that.
    private static List<String> ahead(Delivery delivery) {
        List<String> ahead = new ArrayList<>();
        ahead.add(ParkingKeys.destination(delivery));
        ahead.add(ParkingKeys.ghost(delivery.origin(), delivery.target()));
        if (Pace.counts(delivery.activity())) {
            ahead.add(ParkingKeys.pace(delivery.origin(), delivery.target()));
        }
        return ahead;
    }

    private void park(Delivery delivery, String key, String reason, Instant next) {
        ports.parking().park(delivery, key, ParkingKeys.subject(delivery), reason, clock.instant(), next);
        attempt.note(delivery, Crossings.State.WAITING, reason);
    }
}
