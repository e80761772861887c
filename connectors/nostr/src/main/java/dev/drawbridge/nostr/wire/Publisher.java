package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.Placements;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Publishes to other relays, and writes down before and after which of them has what.
public final class Publisher {
    private final RelayPool pool;
    private final Placements placements;

    public Publisher(RelayPool pool, Placements placements) {
        this.pool = pool;
        this.placements = placements;
    }

    /// Publishes a signed event, unless the relay has it.
    ///
    /// @return what became of it, without a copy; never fails but for the store
    public CompletableFuture<DeliveryOutcome> publish(Event event, RelayUrl url) {
        if (!pool.allows(url)) {
            placements.remove(event.id(), url);
            return CompletableFuture.completedFuture(new DeliveryOutcome.Refused("not a relay we talk to: " + url));
        }
        Optional<Placements.State> before = placements.find(event.id(), url);
        if (before.equals(Optional.of(Placements.State.ACCEPTED))) {
            return CompletableFuture.completedFuture(new DeliveryOutcome.Delivered(Optional.empty()));
        }
        placements.sent(event, url);
        boolean mayBeThere = before.equals(Optional.of(Placements.State.SENT));
        return pool.publish(event, url).thenApply(answer -> settle(event, url, answer, mayBeThere));
    }

    private DeliveryOutcome settle(Event event, RelayUrl url, PublishAnswer answer, boolean mayBeThere) {
        DeliveryOutcome outcome = answer.outcome();
        switch (outcome) {
            case DeliveryOutcome.Delivered _ -> placements.accepted(event, url);
            case DeliveryOutcome.Refused _, DeliveryOutcome.Gone _ -> placements.remove(event.id(), url);
            case DeliveryOutcome.Retry _ -> {
                if (!mayBeThere && !answer.mayHaveArrived()) {
                    placements.notSent(event.id(), url);
                }
            }
        }
        return outcome;
    }
}
