package dev.drawbridge.model;

import java.time.Instant;

/// One activity on its way to one destination.
///
/// @param id a function of activity and destination, so that planning twice plans the same thing
/// @param activity what is delivered, with source ids
/// @param origin the author on their own network
/// @param destination where it goes
/// @param receivedAt when the bridge first took charge of it
public record Delivery(String id, Activity activity, NativeId origin, Destination destination, Instant receivedAt) {
    public static Delivery of(Activity activity, NativeId origin, Destination destination, Instant receivedAt) {
        return new Delivery(activity.id().key() + " > " + destination.key(), activity, origin, destination, receivedAt);
    }

    public Network target() {
        return destination.network();
    }
}
