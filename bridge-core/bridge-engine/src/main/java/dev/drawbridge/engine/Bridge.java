package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Decision;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second stage: from what a network said to what the others will be told.
public final class Bridge {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    /// As long as a notice may be on its way, another one of the same move is that one.
    private static final Duration SAME_MOVE = Duration.ofDays(7);

    private final Ports ports;
    private final Inbox inbox;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;
    private final OptIns optIns;
    private final FollowGraph followGraph;
    private final Interactions interactions;
    private final Reports reports;
    private final ConsentPolicy policy;
    private final CrossingLog log;
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
        this.inbox = inbox;
        this.connectors = connectors;
        this.resolver = resolver;
        this.policy = policy;
        this.clock = clock;
        this.log = new CrossingLog(ports.crossings(), clock);
        this.audience = new Audience(ports, connectors, resolver);
        this.optIns = new OptIns(ports, connectors, resolver, audience, watchlist);
        this.interactions = new Interactions(ports, connectors, resolver, audience);
        this.reports = new Reports(ports, connectors, resolver, audience, log, clock);
        this.followGraph = new FollowGraph(ports, connectors, resolver, audience, optIns);
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
            case Activity.Delete delete -> delete(delete, event);
            case Activity.DeleteAccount gone -> deleteAccount(gone, event);
            case Activity.Publish publish -> post(publish, publish.post(), event);
            case Activity.Edit edit -> post(edit, edit.post(), event);
            case Activity.ProfileUpdate update -> {
                resolver.learn(update.profile());
                yield toConsented(update, Optional.empty(), event);
            }
            case Activity.React react -> toConsented(react, Optional.empty(), event);
            case Activity.Repost repost -> toConsented(repost, Optional.empty(), event);
            case Activity.Pin pin -> toConsented(pin, Optional.empty(), event);
            case Activity.Vote vote -> toConsented(vote, Optional.empty(), event);
            case Activity.InteractionRequest request -> interactions.answer(request, event.receivedAt());
            case Activity.Move move -> move(move, event);
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

    /// The old account tells those who follow it elsewhere; their ghosts follow the new one. It is carried nowhere
    /// until it asks to be.
    private List<Delivery> move(Activity.Move move, NativeEvent event) {
        boolean elsewhere = resolver.originOf(move.target()).equals(move.target())
                && move.target().network().equals(event.network())
                && !move.target().equals(move.author());
        if (!elsewhere) {
            LOG.info("not carried: {} moves to {}", move.author(), move.target());
            return List.of();
        }
        Optional<NativeId> after = event.names().stream()
                .filter(name -> name.network().equals(Network.BRIDGE))
                .findFirst()
                .map(name -> NativeId.parse(name.value()));
        List<Delivery> deliveries = new ArrayList<>(after.isEmpty() ? notices(move, event) : List.of());
        var page = followGraph.followOn(move, others(event.network()), after, event.receivedAt());
        deliveries.addAll(page.deliveries());
        page.last().ifPresent(last -> inbox.put(goingOn(event, last)));
        return deliveries;
    }

    /// The same event once more, with the follower it got to among what it names, in a way no network can write.
    private static NativeEvent goingOn(NativeEvent event, NativeId follower) {
        var after = new NativeId(Network.BRIDGE, follower.key());
        return new NativeEvent(
                event.id(), event.author(), event.kind(), Set.of(after), event.body(), event.receivedAt());
    }

    /// A move may come to several of our addresses, again and under other names: its followers read of it once. The
    /// ledger knows how it was called and when it came first, so that what is planned again is the same.
    private List<Delivery> notices(Activity.Move move, NativeEvent event) {
        var name = new NativeId(
                Network.BRIDGE,
                "moved:" + move.author().key() + ">" + move.target().key());
        Optional<Activity.Move> known = ports.ledger()
                .original(name)
                .flatMap(o -> o.root().map(as -> new Activity.Move(as.id(), move.author(), o.at(), move.target())));
        Activity.Move first = known.filter(k -> k.at().plus(SAME_MOVE).isAfter(clock.instant()))
                .orElse(move);
        List<Delivery> deliveries = toConsented(first, Optional.empty(), event);
        deliveries.removeIf(delivery -> Stream.concat(known.stream(), Stream.of(first))
                .anyMatch(m -> ports.ledger().copy(m.id(), delivery.target()).isPresent()));
        if (!deliveries.isEmpty()) {
            ports.ledger()
                    .recordOriginal(new Ledger.Original(
                            ObjectRef.of(name), move.author(), Optional.of(ObjectRef.of(first.id())), first.at()));
        }
        return deliveries;
    }

    private List<Delivery> toNetworkOf(NativeId origin, Activity activity, NativeEvent event) {
        if (ports.identities().find(activity.author(), origin.network()).isEmpty()) {
            return List.of();
        }
        Set<Destination> places = audience.ofNamed(activity, activity.author(), origin.network());
        return DeliveryPlanner.plan(activity, activity.author(), places, event.receivedAt());
    }

    private List<Delivery> delete(Activity.Delete delete, NativeEvent event) {
        if (interactions.isStamp(delete.target(), delete.author())) {
            return interactions.revoked(delete, event.receivedAt());
        }
        if (isAnothers(delete.target(), delete.author())) {
            LOG.info("not carried: {} deletes what somebody else made: {}", delete.author(), delete.target());
            return List.of();
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (Network target : others(event.network())) {
            Set<Destination> places = new HashSet<>(audience.ofCopy(delete.target(), target));
            if (places.isEmpty() && consented(delete.author(), target)) {
                // Its copy may still be on the way: the delete follows it on the same roads and in the same order.
                places.addAll(audience.of(delete, delete.author(), target));
            }
            deliveries.addAll(DeliveryPlanner.plan(delete, delete.author(), places, event.receivedAt()));
        }
        ports.ledger().tombstone(delete.target(), delete.author(), delete.at());
        return deliveries;
    }

    /// Whether somebody else made it, as far as we know: likes and reposts are known by their copies only.
    private boolean isAnothers(NativeId object, NativeId author) {
        boolean original = ports.ledger()
                .original(object)
                .filter(o -> !o.author().equals(author))
                .isPresent();
        return original
                || others(object.network()).stream()
                        .flatMap(target -> ports.ledger().copy(object, target).stream())
                        .anyMatch(copy -> !copy.author().equals(author));
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

    private List<Delivery> post(Activity activity, Post post, NativeEvent event) {
        if (ports.ledger().tombstoned(post.id(), post.author())) {
            LOG.info("not carried: {} was deleted", post.id());
            return List.of();
        }
        Optional<Ledger.Original> before = ports.ledger().original(post.id());
        if (before.filter(o -> !o.author().equals(post.author())).isPresent()) {
            LOG.info("not carried: {} writes what somebody else made: {}", post.author(), post.id());
            return List.of();
        }
        Set<Network> editedOn = before.map(Ledger.Original::editedOn).orElse(Set.of());
        List<Delivery> deliveries = toConsented(activity, Optional.of(post), event);
        boolean edit = activity instanceof Activity.Edit;
        if (!edit && deliveries.removeIf(delivery -> editedOn.contains(delivery.target()))) {
            LOG.info("not carried: {} was edited since", post.id());
        }
        if (!deliveries.isEmpty()) {
            Set<Network> plannedOn = deliveries.stream().map(Delivery::target).collect(Collectors.toUnmodifiableSet());
            var ref = new ObjectRef(post.id(), post.version());
            ports.ledger()
                    .recordOriginal(new Ledger.Original(
                            ref,
                            post.author(),
                            root(post),
                            post.published(),
                            post.interactions(),
                            interactions.mentioned(post),
                            post.poll().stream()
                                    .flatMap(poll -> poll.options().stream())
                                    .map(Poll.Option::text)
                                    .toList(),
                            union(before.map(Ledger.Original::plannedOn), plannedOn),
                            edit ? union(Optional.of(editedOn), plannedOn) : editedOn));
            deliveries.addAll(interactions.ask(activity, post, deliveries, event.receivedAt()));
        }
        return deliveries;
    }

    private static Set<Network> union(Optional<Set<Network>> before, Set<Network> now) {
        var all = new HashSet<>(now);
        before.ifPresent(all::addAll);
        return all;
    }

    private Optional<ObjectRef> root(Post post) {
        if (post.inReplyTo().isEmpty()) {
            return Optional.empty();
        }
        NativeId parent = resolver.originalOf(post.inReplyTo().get().id());
        Optional<Ledger.Original> known = ports.ledger().original(parent);
        if (known.isPresent()) {
            return Optional.of(known.get().root().orElse(known.get().ref()));
        }
        return post.threadRoot().map(this::originalOf).or(() -> Optional.of(ObjectRef.of(parent)));
    }

    /// A root that is nobody's copy keeps the version its thread names.
    private ObjectRef originalOf(ObjectRef named) {
        NativeId original = resolver.originalOf(named.id());
        return original.equals(named.id()) ? named : ObjectRef.of(original);
    }

    private List<Delivery> toConsented(Activity activity, Optional<Post> post, NativeEvent event) {
        NativeId author = activity.author();
        List<Delivery> deliveries = new ArrayList<>();
        for (Consent consent : ports.consents().of(author)) {
            Network target = consent.target();
            if (target.equals(event.network()) || !connectors.has(target)) {
                continue;
            }
            if (older(activity, post, consent, event) && !awaited(activity, target)) {
                LOG.info("not carried: {} is older than the opt-in to {}", activity.id(), target);
                continue;
            }
            var question = new ConsentPolicy.Question(Optional.of(consent), target, Optional.empty(), post);
            String why = switch (policy.decide(question)) {
                case Decision.Allow _ -> "";
                case Decision.Deny(String reason) -> reason;
                case Decision.Ask(String reason) -> reason;
            };
            if (why.isEmpty()) {
                Set<Destination> places = audience.of(activity, author, target);
                deliveries.addAll(DeliveryPlanner.plan(activity, author, places, event.receivedAt()));
            } else if (consent.given()) {
                log.note(activity, target, Crossings.State.SKIPPED, why, event.receivedAt());
            }
        }
        return deliveries;
    }

    /// Whether it is from before the opt-in. Asked only where we read what is there: what a network that is followed
    /// sends us was sent after it.
    private boolean older(Activity activity, Optional<Post> post, Consent consent, NativeEvent event) {
        boolean sentToUs = connectors.get(event.network()).capabilities().mustFollowToReceive();
        Instant made = post.map(Post::published).orElse(activity.at());
        return !sentToUs && !(activity instanceof Activity.ProfileUpdate) && made.isBefore(consent.since());
    }

    /// Whether something that crosses refers to it and waits for it.
    private boolean awaited(Activity activity, Network target) {
        return ports.parking().holdsKey(ParkingKeys.object(ActivityNeeds.subject(activity), target));
    }

    private boolean consented(NativeId person, Network target) {
        return ports.consents().find(person, target).filter(Consent::given).isPresent();
    }

    private List<Network> others(Network source) {
        return connectors.networks().stream().filter(n -> !n.equals(source)).toList();
    }
}
