package dev.drawbridge.model;

import java.time.Instant;
import java.util.List;

/// One activity on its way to one destination.
///
/// @param id a function of activity and destination, so that planning twice plans the same thing
/// @param activity what is delivered, with source ids
/// @param origin the author on their own network
/// @param destination where it goes
/// @param receivedAt when the bridge first took charge of it
/// @param losses what could not be read of it at its source; what cannot be written comes on top
public record Delivery(
        String id, Activity activity, NativeId origin, Destination destination, Instant receivedAt, List<Loss> losses) {
    public Delivery {
        losses = List.copyOf(losses);
    }

    /// One that was read whole.
    public Delivery(String id, Activity activity, NativeId origin, Destination destination, Instant receivedAt) {
        this(id, activity, origin, destination, receivedAt, List.of());
    }

    public static Delivery of(Activity activity, NativeId origin, Destination destination, Instant receivedAt) {
        return new Delivery(activity.id().key() + " > " + destination.key(), activity, origin, destination, receivedAt);
    }

    /// The same, of which something was lost when it was read.
    public Delivery losing(List<Loss> lost) {
        return lost.isEmpty() ? this : new Delivery(id, activity, origin, destination, receivedAt, lost);
    }

    public Network target() {
        return destination.network();
    }
}
