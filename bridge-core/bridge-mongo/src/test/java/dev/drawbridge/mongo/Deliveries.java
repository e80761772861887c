package dev.drawbridge.mongo;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.time.Instant;

/// Something to park.
final class Deliveries {
    private Deliveries() {}

    static Delivery any() {
        return any("https://social.example/posts/1");
    }

    static Delivery any(String deleted) {
        NativeId alice = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
        NativeId post = new NativeId(Network.ACTIVITYPUB, deleted);
        return Delivery.of(
                new Activity.Delete(post, alice, Instant.EPOCH, post),
                alice,
                new Destination(Network.NOSTR, "wss://relay.example"),
                Instant.EPOCH);
    }
}
