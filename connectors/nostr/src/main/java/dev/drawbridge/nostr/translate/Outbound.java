package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.Resolved;
import java.time.Duration;
import java.time.Instant;

/// What is at hand when an activity is written as events.
///
/// @param now when the bridge took charge of it: the same on every try
/// @param editWindow how long after it was written a note is replaced when it is edited
record Outbound(Resolved resolved, Instant now, Marks marks, Duration editWindow) {
    Speaker speaker(Activity activity) {
        return Speaker.of(resolved.actorHere(activity.author()), event -> marks.finish(event, resolved));
    }

    long seconds(Activity activity) {
        return Marks.seconds(activity.at(), now);
    }

    /// For what is replaced or erased by time: when it was said counts, not when its occasion was.
    long seconds() {
        return Marks.seconds(now, now);
    }

    /// The id an event is marked with: the activity's own where it came from a network, else what it is about.
    static NativeId source(Activity activity, NativeId about) {
        return activity.id().network().equals(dev.drawbridge.model.Network.BRIDGE) ? about : activity.id();
    }
}
