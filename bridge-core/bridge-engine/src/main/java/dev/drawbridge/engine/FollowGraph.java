package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Follows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Follows of ghosts: kept so that posts reach the follower, and carried on if the follower is bridged themselves.
final class FollowGraph {
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;
    private final OptIns optIns;

    FollowGraph(Ports ports, Connectors connectors, Resolver resolver, Audience audience, OptIns optIns) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.audience = audience;
        this.optIns = optIns;
    }

    /// Somebody followed `ghost`. Following is a request to us and opts nobody in.
    List<Delivery> follow(Activity.Follow follow, Ghost ghost, Instant receivedAt) {
        NativeId followed = ghost.origin();
        NativeId follower = follow.author();
        if (!ghost.active()) {
            return optIns.answer(follow, followed, false, receivedAt);
        }
        boolean locked = resolver.profile(followed).filter(Profile::locked).isPresent();
        var edge = new Follows.Edge(
                follower,
                followed,
                follow.id(),
                connectors.get(follower.network()).locate(follower),
                !locked);
        ports.follows().put(edge);
        List<Delivery> deliveries = new ArrayList<>();
        if (!locked) {
            deliveries.addAll(optIns.answer(follow, followed, true, receivedAt));
        }
        deliveries.addAll(carry(follow, follower, followed, receivedAt));
        return deliveries;
    }

    /// Somebody unfollowed the ghost of `followed`.
    List<Delivery> unfollow(Activity.Unfollow unfollow, NativeId followed, Instant receivedAt) {
        NativeId follower = unfollow.author();
        Optional<Follows.Edge> edge = ports.follows().remove(follower, followed);
        if (edge.isEmpty()) {
            return List.of();
        }
        var named = new Activity.Unfollow(
                unfollow.id(),
                follower,
                unfollow.at(),
                followed,
                Optional.of(edge.get().follow()));
        return carry(named, follower, followed, receivedAt);
    }

    /// The person our follower's ghost asked to follow has answered.
    List<Delivery> answered(Activity.FollowAnswer answer, Instant receivedAt) {
        NativeId follower = resolver.originOf(answer.follower());
        NativeId followed = answer.author();
        Optional<Follows.Edge> edge = ports.follows().find(follower, followed);
        if (edge.isEmpty() || follower.equals(answer.follower())) {
            return List.of();
        }
        Follows.Edge asked = edge.get();
        if (answer.accepted()) {
            ports.follows().put(new Follows.Edge(follower, followed, asked.follow(), asked.reach(), true));
        } else {
            ports.follows().remove(follower, followed);
        }
        if (asked.active() && answer.accepted()) {
            return List.of();
        }
        var request = new Activity.Follow(asked.follow(), follower, answer.at(), followed);
        return optIns.answer(request, followed, answer.accepted(), receivedAt);
    }

    private List<Delivery> carry(Activity activity, NativeId follower, NativeId followed, Instant receivedAt) {
        boolean bridged = ports.consents()
                .find(follower, followed.network())
                .filter(Consent::given)
                .isPresent();
        if (!bridged) {
            return List.of();
        }
        return DeliveryPlanner.plan(
                activity, follower, audience.ofNamed(activity, follower, followed.network()), receivedAt);
    }
}
