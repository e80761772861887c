package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Coming and leaving: what following, unfollowing or blocking a bot means.
final class OptIns {
    private static final Logger LOG = LoggerFactory.getLogger(OptIns.class);
    private static final int PAGE = 500;
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;
    private final LiveWatchlist watchlist;

    OptIns(Ports ports, Connectors connectors, Resolver resolver, Audience audience, LiveWatchlist watchlist) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.audience = audience;
        this.watchlist = watchlist;
    }

    /// A person followed the bot that reaches `bot.reaches()`, or asked it.
    ///
    /// @param inWords whether they asked: there is no follow then to answer or to keep
    List<Delivery> optIn(Activity.Follow follow, Ghost bot, boolean inWords, Instant receivedAt) {
        NativeId person = follow.author();
        Network target = bot.reaches();
        Optional<Profile> profile = resolver.profile(person);
        boolean refused = profile.filter(Profile::refusesBridging).isPresent() || !connectors.has(target);
        List<Delivery> deliveries = new ArrayList<>();
        if (!inWords) {
            deliveries.addAll(answer(follow, bot.origin(), !refused, receivedAt));
        }
        if (refused) {
            LOG.info("{} asked the bot for {} but the profile refuses to be bridged", person, target);
            return deliveries;
        }
        String how = inWords ? "asked the bot" : "followed the bot";
        if (inWords && spokeLater(person, target, follow.at())) {
            LOG.info("not done: {} by {} came after something they said later", follow.id(), person);
            return deliveries;
        }
        ports.consents().put(new Consent(person, target, Consent.State.GIVEN, how, follow.at()));
        if (!inWords) {
            // Networks whose unfollow names only the follow, or a list without the bot, need to know that there was
            // one.
            ports.follows().put(new Follows.Edge(person, bot.origin(), follow.id(), Optional.empty(), true));
        }
        deliveries.addAll(welcome(follow, bot, profile, receivedAt));
        LOG.info("{} opted in to {}", person, target);
        return deliveries;
    }

    /// Whether a person said something about `target` after `at`: messages come again, and out of order.
    boolean spokeLater(NativeId person, Network target, Instant at) {
        return ports.consents()
                .find(person, target)
                .filter(said -> said.since().isAfter(at))
                .isPresent();
    }

    /// The person is listened to, and shown there.
    private List<Delivery> welcome(Activity.Follow follow, Ghost bot, Optional<Profile> profile, Instant receivedAt) {
        NativeId person = follow.author();
        List<Delivery> deliveries = new ArrayList<>();
        watchlist.addPerson(person);
        if (connectors.get(person.network()).capabilities().mustFollowToReceive()) {
            var followBack = new Activity.Follow(
                    followBack(bot.origin(), person, follow.at()), bot.origin(), follow.at(), person);
            deliveries.addAll(toNamed(followBack, bot.origin(), person.network(), receivedAt));
        }
        Profile shown = profile.orElseGet(() -> Profile.bare(person, person.value()));
        var introduce = new Activity.ProfileUpdate(
                new NativeId(Network.BRIDGE, "profile:" + follow.id().key()), follow.at(), shown);
        Set<Destination> places = audience.of(introduce, person, bot.reaches());
        deliveries.addAll(DeliveryPlanner.plan(introduce, person, places, receivedAt));
        return deliveries;
    }

    /// A person unfollowed or blocked the bot, or their account is gone: every copy on `target` goes, then the ghost.
    List<Delivery> optOut(NativeId person, Network target, NativeId cause, String how, Instant at, Instant receivedAt) {
        Optional<Consent> before = ports.consents().find(person, target);
        if (before.isEmpty()) {
            return List.of();
        }
        ports.consents().put(new Consent(person, target, Consent.State.WITHDRAWN, how, at));
        List<Delivery> deliveries = new ArrayList<>(takeBackCopies(person, target, cause, at, receivedAt));
        if (ports.consents().of(person).stream().noneMatch(Consent::given)) {
            watchlist.removePerson(person);
        }
        if (before.get().given()) {
            deliveries.addAll(unfollowBack(person, before.get(), at, receivedAt));
        }
        LOG.info("{} {}: leaves {}", person, how, target);
        return deliveries;
    }

    private List<Delivery> takeBackCopies(
            NativeId person, Network target, NativeId cause, Instant at, Instant receivedAt) {
        List<Delivery> deliveries = new ArrayList<>();
        Set<Destination> places = new HashSet<>();
        Optional<NativeId> after = Optional.empty();
        List<Ledger.Copy> page;
        do {
            page = ports.ledger().copiesBy(person, target, after, PAGE);
            for (Ledger.Copy copy : page) {
                var id = new NativeId(
                        Network.BRIDGE,
                        "delete:" + cause.key() + ":" + copy.original().key());
                var delete = new Activity.Delete(id, person, at, copy.original());
                deliveries.addAll(DeliveryPlanner.plan(delete, person, copy.destinations(), receivedAt));
                places.addAll(copy.destinations());
                after = Optional.of(copy.original());
            }
        } while (page.size() == PAGE);
        if (ports.identities().find(person, target).isPresent()) {
            var leave = new Activity.DeleteAccount(
                    new NativeId(Network.BRIDGE, "leave:" + cause.key() + ":" + target), person, at);
            places.addAll(audience.of(leave, person, target));
            deliveries.addAll(DeliveryPlanner.plan(leave, person, places, receivedAt));
        }
        return deliveries;
    }

    private List<Delivery> unfollowBack(NativeId person, Consent given, Instant at, Instant receivedAt) {
        if (!connectors.get(person.network()).capabilities().mustFollowToReceive()) {
            return List.of();
        }
        NativeId bot = Ghost.botOrigin(given.target());
        NativeId follow = followBack(bot, person, given.since());
        var unfollow = new Activity.Unfollow(
                new NativeId(Network.BRIDGE, "un" + follow.value()), bot, at, person, Optional.of(follow));
        return toNamed(unfollow, bot, person.network(), receivedAt);
    }

    /// What the followed says to the follower, on networks where a follow waits for it.
    List<Delivery> answer(Activity.Follow follow, NativeId followed, boolean accepted, Instant receivedAt) {
        NativeId follower = follow.author();
        if (!connectors.get(follower.network()).capabilities().followsNeedAnswer()) {
            return List.of();
        }
        var answer = new Activity.FollowAnswer(
                new NativeId(
                        Network.BRIDGE,
                        (accepted ? "accept:" : "reject:") + follow.id().key()),
                followed,
                follow.at(),
                follow.id(),
                follower,
                accepted);
        return toNamed(answer, followed, follower.network(), receivedAt);
    }

    private List<Delivery> toNamed(Activity activity, NativeId origin, Network network, Instant receivedAt) {
        return DeliveryPlanner.plan(activity, origin, audience.ofNamed(activity, origin, network), receivedAt);
    }

    /// The bot's own follow, named after the opt-in it belongs to: a server that remembers ids would take the follow
    /// of a second opt-in for a repetition of the first.
    private static NativeId followBack(NativeId bot, NativeId person, Instant since) {
        return new NativeId(Network.BRIDGE, "follow:" + bot.key() + ":" + person.key() + ":" + since.toEpochMilli());
    }
}
