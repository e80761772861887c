package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second stage: from what a network said to what the others will be told.
public final class Bridge {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;
    private final OptIns optIns;
    private final FollowGraph followGraph;
    private final Interactions interactions;
    private final Reports reports;
    private final Posts posts;
    private final Moves moves;
    private final Outward outward;
    private final InstantSource clock;

    /// @param inbox for what is too much to be planned at once
    public Bridge(
            Ports ports,
            Inbox inbox,
            Connectors connectors,
            Resolver resolver,
            LiveWatchlist watchlist,
            ConsentPolicy policy,
            InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.clock = clock;
        var log = new CrossingLog(ports.crossings(), clock);
        this.audience = new Audience(ports, connectors, resolver);
        this.optIns = new OptIns(ports, connectors, resolver, audience, watchlist);
        this.interactions = new Interactions(ports, connectors, resolver, audience);
        this.reports = new Reports(ports, connectors, resolver, audience, log, clock);
        this.followGraph = new FollowGraph(ports, connectors, resolver, audience, optIns);
        this.outward = new Outward(ports, connectors, audience, policy, log);
        this.posts = new Posts(ports, resolver, audience, interactions, outward);
        this.moves = new Moves(ports, inbox, resolver, followGraph, outward, clock);
    }

    /// Translates, stores what must be known later, and plans. Doing it twice stores and plans the same.
    public List<Delivery> bridge(NativeEvent event) {
        Translator translator = connectors.get(event.network()).translator();
        Resolved resolved = resolver.resolve(translator.needs(event), event.network(), event.author());
        return switch (translator.toCanonical(event, resolved, clock.instant())) {
            case Translation.Translated<List<Activity>>(List<Activity> activities, var _) -> {
                List<Delivery> deliveries = new ArrayList<>();
                for (Activity activity : activities) {
                    deliveries.addAll(plan(activity, event));
                }
                yield deliveries;
            }
            case Translation.Skipped<List<Activity>>(String reason) -> {
                LOG.info("not carried: {} {}: {}", event.kind(), event.id(), reason);
                yield List.of();
            }
            case Translation.Malformed<List<Activity>>(String field, String detail) -> {
                LOG.info("malformed: {} {}: {}: {}", event.kind(), event.id(), field, detail);
                yield List.of();
            }
        };
    }

    private List<Delivery> plan(Activity activity, NativeEvent event) {
        if (!activity.author().equals(event.author())) {
            LOG.info("not carried: {} speaks for {}", event.id(), activity.author());
            return List.of();
        }
        return switch (activity) {
            case Activity.Follow follow -> follow(follow, event);
            case Activity.Unfollow unfollow -> unfollow(unfollow, event);
            case Activity.FollowAnswer answer -> followGraph.answered(answer, event.receivedAt());
            case Activity.Block block -> block(block, event);
            case Activity.Delete delete -> posts.delete(delete, event);
            case Activity.DeleteAccount gone -> deleteAccount(gone, event);
            case Activity.Publish publish -> posts.written(publish, publish.post(), event);
            case Activity.Edit edit -> posts.written(edit, edit.post(), event);
            case Activity.ProfileUpdate update -> {
                resolver.learn(update.profile());
                yield outward.toConsented(update, Optional.empty(), event);
            }
            case Activity.React react -> outward.toConsented(react, Optional.empty(), event);
            case Activity.Repost repost -> outward.toConsented(repost, Optional.empty(), event);
            case Activity.Pin pin -> outward.toConsented(pin, Optional.empty(), event);
            case Activity.Vote vote -> outward.toConsented(vote, Optional.empty(), event);
            case Activity.InteractionRequest request -> interactions.answer(request, event.receivedAt());
            case Activity.Move move -> moves.move(move, event);
            case Activity.Report report -> reports.handOn(report, event.receivedAt());
            case Activity.InteractionAnswer answer -> interactions.answered(answer, event.receivedAt());
            case Activity.Unblock _ -> {
                LOG.info("not carried yet: {} {}", activity.getClass().getSimpleName(), activity.id());
                yield List.of();
            }
        };
    }

    private List<Delivery> follow(Activity.Follow follow, NativeEvent event) {
        Optional<Ghost> ghost = ports.identities().byId(follow.target());
        if (ghost.isEmpty()) {
            return List.of();
        }
        return ghost.get().bot()
                ? optIns.optIn(follow, ghost.get(), inWords(event), event.receivedAt())
                : followGraph.follow(follow, ghost.get(), event.receivedAt());
    }

    private List<Delivery> unfollow(Activity.Unfollow unfollow, NativeEvent event) {
        NativeId origin = resolver.originOf(unfollow.target());
        if (origin.network().equals(Network.BRIDGE)) {
            return leave(unfollow, origin, inWords(event) ? "told the bot to stop" : "unfollowed the bot", event);
        }
        return followGraph.unfollow(unfollow, origin, event.receivedAt());
    }

    private List<Delivery> block(Activity.Block block, NativeEvent event) {
        NativeId origin = resolver.originOf(block.target());
        if (origin.network().equals(Network.BRIDGE)) {
            return leave(block, origin, "blocked the bot", event);
        }
        List<Delivery> deliveries =
                new ArrayList<>(followGraph.cut(origin, block.author(), block.at(), event.receivedAt()));
        deliveries.addAll(followGraph.cut(block.author(), origin, block.at(), event.receivedAt()));
        if (!block.target().equals(origin)) {
            deliveries.addAll(toNetworkOf(origin, block, event));
        }
        return deliveries;
    }

    private List<Delivery> leave(Activity activity, NativeId bot, String how, NativeEvent event) {
        var target = new Network(bot.value());
        if (inWords(event) && optIns.spokeLater(activity.author(), target, activity.at())) {
            LOG.info("not done: {} by {} came after something they said later", activity.id(), activity.author());
            return List.of();
        }
        var deliveries =
                optIns.optOut(activity.author(), target, activity.id(), how, activity.at(), event.receivedAt());
        if (!inWords(event)) {
            ports.follows().remove(activity.author(), bot);
        }
        return deliveries;
    }

    private static boolean inWords(NativeEvent event) {
        return event.kind() == NativeEvent.Kind.COMMAND;
    }

    private List<Delivery> toNetworkOf(NativeId origin, Activity activity, NativeEvent event) {
        if (ports.identities().find(activity.author(), origin.network()).isEmpty()) {
            return List.of();
        }
        Set<Destination> places = audience.ofNamed(activity, activity.author(), origin.network());
        return DeliveryPlanner.plan(activity, activity.author(), places, event.receivedAt());
    }

    private List<Delivery> deleteAccount(Activity.DeleteAccount gone, NativeEvent event) {
        List<Delivery> deliveries = new ArrayList<>();
        NativeId person = gone.author();
        for (Consent consent : ports.consents().of(person)) {
            if (consent.given()) {
                deliveries.addAll(optIns.optOut(
                        person, consent.target(), gone.id(), "deleted the account", gone.at(), event.receivedAt()));
            }
        }
        ports.follows().followedBy(person).forEach(followed -> ports.follows().remove(person, followed));
        return deliveries;
    }
}
