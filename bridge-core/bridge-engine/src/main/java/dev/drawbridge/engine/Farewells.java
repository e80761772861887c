package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.moderation.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// People who have an account of their own now where they were carried to: those who follow their stand-in are told to
/// go there, and nothing more is carried (ADR 57).
final class Farewells {
    private final MoveTargets targets;
    private final Resolver resolver;
    private final Audience audience;
    private final OptIns optIns;
    private final Mirrors mirrors;
    private final Rulings rulings;

    Farewells(
            MoveTargets targets,
            Resolver resolver,
            Audience audience,
            OptIns optIns,
            Mirrors mirrors,
            Rulings rulings) {
        this.targets = targets;
        this.resolver = resolver;
        this.audience = audience;
        this.optIns = optIns;
        this.mirrors = mirrors;
        this.rulings = rulings;
    }

    /// What became of a wish.
    record Said(List<Delivery> deliveries, Notice answer) {}

    /// The stand-in shows where it went before it says so: who hears of it looks there.
    ///
    /// @param called the account, without `@` in front
    /// @param cause the message that asks for it
    Said go(NativeId person, String called, NativeId cause, Instant at, Instant receivedAt) {
        // Whom the operator keeps back sends nobody anywhere.
        Optional<Rule> rule = rulings.on(person);
        if (rule.isPresent()) {
            return new Said(List.of(), Rulings.told(rule.get(), person.network()));
        }
        return switch (targets.find(person, called, at, receivedAt)) {
            case MoveTargets.Answer.Refused(MoveRefusal why, String handle) ->
                new Said(List.of(), refusal(why, called, handle));
            case MoveTargets.Answer.Found found -> {
                Ghost ghost = found.ghost();
                // Remembered first: done again after a crash, it is granted without asking anybody.
                targets.went(found, receivedAt);
                Instant left = optIns.goOn(person, ghost.network(), called, at);
                yield new Said(
                        farewell(found, cause, left, receivedAt),
                        Notice.of(NoticeKey.WENT_ON, Notice.plain(ghost.handle()), Notice.plain("@" + called)));
            }
        };
    }

    private List<Delivery> farewell(MoveTargets.Answer.Found found, NativeId cause, Instant at, Instant receivedAt) {
        NativeId person = found.ghost().origin();
        Network there = found.ghost().network();
        List<Delivery> deliveries = new ArrayList<>(show(found.ghost(), found.account(), "", cause, at, receivedAt));
        var move = new Activity.Move(new NativeId(Network.BRIDGE, "move:" + cause.key()), person, at, found.account());
        deliveries.addAll(DeliveryPlanner.plan(move, person, audience.of(move, person, there), receivedAt));
        return deliveries;
    }

    /// Shows where a stand-in went that nothing is carried to any more.
    ///
    /// @param line what it says about that where the network has no place for it
    /// @param at when nothing was carried any more
    List<Delivery> show(Ghost ghost, NativeId account, String line, NativeId cause, Instant at, Instant receivedAt) {
        NativeId person = ghost.origin();
        Profile profile = mirrors.shown(resolver.profile(person).orElseGet(() -> Profile.bare(person, person.value())));
        RichText bio = profile.bio();
        boolean shows = targets.showsWhereTheyWent(ghost.network());
        String text = bio.text().isBlank() ? line : line + "\n\n" + bio.text();
        Profile gone = profile.toBuilder()
                .bio(shows || line.isEmpty() ? bio : new RichText(text, List.of()))
                .movedTo(Optional.of(account))
                .build();
        var show = new Activity.ProfileUpdate(new NativeId(Network.BRIDGE, "gone:" + cause.key()), at, gone);
        return DeliveryPlanner.plan(show, person, audience.of(show, person, ghost.network()), receivedAt);
    }

    private static Notice refusal(MoveRefusal why, String called, String handle) {
        return switch (why) {
            case NOTHING_MOVES -> Notice.of(NoticeKey.NOTHING_MOVES);
            case NOBODY -> Notice.of(NoticeKey.MOVE_NOBODY, Notice.plain("@" + called));
            case SILENT -> Notice.of(NoticeKey.MOVE_SILENT, Notice.plain("@" + called));
            case UNPROVEN -> Notice.of(NoticeKey.MOVE_UNPROVEN, Notice.plain("@" + called), Notice.plain(handle));
            case LATELY -> Notice.of(NoticeKey.MOVE_LATELY, Notice.plain(handle));
            case SAID_LATER -> Notice.of(NoticeKey.MOVE_SAID_LATER, Notice.plain(handle));
        };
    }
}
