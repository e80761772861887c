package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.store.Moves;
import dev.drawbridge.activitypub.translate.MoveProof;
import dev.drawbridge.activitypub.wire.Authenticity.Verdict;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import java.time.Duration;
import java.time.InstantSource;

/// Whether a `Move` counts
/// ([FEP-7628](https://codeberg.org/fediverse/fep/src/branch/main/fep/7628/fep-7628.md)): the old account signed it,
/// and both say so when they are asked at that moment. One move of an account in seven days, as with Mastodon and
/// GoToSocial: whoever owns both ends could send followers back and forth for ever.
public final class MoveConfirmation {
    /// How long an account that moved stays where it is.
    static final Duration BETWEEN = Duration.ofDays(7);

    private final RemoteActors actors;
    private final Addresses addresses;
    private final Moves moves;
    private final InstantSource clock;

    public MoveConfirmation(RemoteActors actors, Addresses addresses, Moves moves, InstantSource clock) {
        this.actors = actors;
        this.addresses = addresses;
        this.moves = moves;
        this.clock = clock;
    }

    static boolean concerns(As2 activity) {
        return activity.type().equals("Move");
    }

    /// Asks both accounts.
    ///
    /// @param activity signed by `actor`, who moves
    Verdict confirm(As2 activity, String actor) {
        String target = activity.ref("target").orElse("");
        if (activity.ref("object").filter(actor::equals).isEmpty()) {
            return new Verdict.Forged("an actor moves itself and nobody else");
        }
        if (addresses.ours(target)) {
            return new Verdict.Pointless("it leads to " + target + ", which is ours");
        }
        return switch (fresh(actor)) {
            case Found<Actor>(Actor origin) ->
                switch (fresh(target)) {
                    case Found<Actor>(Actor there) -> agreed(activity, origin, there);
                    case Lookup<Actor> failed -> without(failed);
                };
            case Lookup<Actor> failed -> without(failed);
        };
    }

    private Lookup<Actor> fresh(String id) {
        actors.changed(id);
        return actors.actor(id);
    }

    private static Verdict without(Lookup<Actor> failed) {
        return failed instanceof Unavailable<Actor>
                ? new Verdict.Unknown(failed.reason())
                : new Verdict.Pointless(failed.reason());
    }

    private Verdict agreed(As2 activity, Actor origin, Actor target) {
        var objection = MoveProof.objection(origin, target);
        if (objection.isPresent()) {
            return new Verdict.Forged(objection.get());
        }
        String move = activity.id().orElse("") + " " + target.id();
        return moves.take(origin.id(), move, clock.instant(), BETWEEN)
                ? new Verdict.Genuine(activity)
                : new Verdict.Pointless(origin.id() + " moved less than " + BETWEEN.toDays() + " days ago");
    }
}
