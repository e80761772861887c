package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.port.Crossings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes down what became of an activity, in the words of the pages.
final class CrossingLog {
    private final Crossings crossings;
    private final InstantSource clock;

    CrossingLog(Crossings crossings, InstantSource clock) {
        this.crossings = crossings;
        this.clock = clock;
    }

    /// @param losses what could not be written; what could not be read the delivery knows
    void crossed(Delivery delivery, Optional<NativeId> copy, List<Loss> losses) {
        List<Loss> all = Stream.concat(delivery.losses().stream(), losses.stream())
                .distinct()
                .toList();
        record(delivery, copy, Crossings.State.CROSSED, "", all);
    }

    void ended(Delivery delivery, Crossings.State state, String reason) {
        record(delivery, Optional.empty(), state, reason, List.of());
    }

    /// Something that was never planned.
    void note(Activity activity, Network target, Crossings.State state, String reason, Instant receivedAt) {
        Instant now = clock.instant();
        crossings.record(new Crossings.Crossing(
                activity.id().key() + " > " + target,
                activity.getClass().getSimpleName(),
                activity.author(),
                ActivityNeeds.subject(activity),
                target,
                Optional.empty(),
                state,
                reason,
                List.of(),
                Duration.between(receivedAt, now),
                now));
    }

    private void record(
            Delivery delivery, Optional<NativeId> copy, Crossings.State state, String reason, List<Loss> losses) {
        if (isLetter(delivery.activity())) {
            return;
        }
        Instant now = clock.instant();
        crossings.record(new Crossings.Crossing(
                delivery.id(),
                delivery.activity().getClass().getSimpleName(),
                delivery.origin(),
                ActivityNeeds.subject(delivery.activity()),
                delivery.target(),
                copy,
                state,
                reason,
                losses,
                Duration.between(delivery.receivedAt(), now),
                now,
                isListed(delivery.activity())));
    }

    private static boolean isListed(Activity activity) {
        return activity instanceof Activity.Publish publish && publish.post().visibility() == Visibility.PUBLIC;
    }

    /// What a bot writes to one person is nobody else's business, and may be to somebody who is not carried.
    private static boolean isLetter(Activity activity) {
        return activity instanceof Activity.Publish publish && publish.post().visibility() == Visibility.DIRECT;
    }
}
