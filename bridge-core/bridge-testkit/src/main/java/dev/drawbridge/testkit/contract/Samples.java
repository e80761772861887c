package dev.drawbridge.testkit.contract;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// People, objects and times the contract suites speak about.
final class Samples {
    /// With nanoseconds, because some clocks have them.
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

    static final NativeId ALICE = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
    static final NativeId BOB = new NativeId(Network.NOSTR, "b0".repeat(32));
    static final NativeId CAROL = new NativeId(Network.ATPROTO, "did:plc:carolcarolcarolcarolcaro");

    static final Destination INBOX = new Destination(Network.ACTIVITYPUB, "https://social.example/inbox");
    static final Destination OTHER_INBOX = new Destination(Network.ACTIVITYPUB, "https://other.example/inbox");
    static final Destination RELAY = new Destination(Network.NOSTR, "wss://relay.example");

    private Samples() {}

    static NativeId post(int number) {
        return new NativeId(Network.ACTIVITYPUB, "https://social.example/posts/%04d".formatted(number));
    }

    static NativeId event(int number) {
        return new NativeId(Network.NOSTR, "%064x".formatted(number));
    }

    /// A post by Alice on its way, as rich as a post can be.
    static Delivery delivery(int number, Destination destination) {
        NativeId id = post(number);
        Post post = Post.builder(id, ALICE, NOON)
                .version(Optional.of("v1"))
                .text(RichText.plain("Crossing №" + number + " 🌉\n\n\"quoted\" and $dollar.dotted"))
                .inReplyTo(Optional.of(ObjectRef.of(post(0), "v0")))
                .languages(List.of("en", "de"))
                .build();
        return Delivery.of(new Activity.Publish(id, NOON, post), ALICE, destination, NOON);
    }
}
