package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.Preferences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Follows of ghosts: kept so that posts reach the follower, and carried on if the follower is bridged themselves.
final class FollowGraph {
    private static final int PAGE = 500;
    private static final String ON = "on:";
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;
    private final OptIns optIns;
    private final Letters letters;

    /// What a page of followers of somebody who moved asks for.
    ///
    /// @param last after whom to go on; empty if that was the last page
    record FollowOn(List<Delivery> deliveries, Optional<NativeId> last) {}

    FollowGraph(
            Ports ports, Connectors connectors, Resolver resolver, Audience audience, OptIns optIns, Letters letters) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.audience = audience;
        this.optIns = optIns;
        this.letters = letters;
    }

    /// Somebody followed `ghost`. Following is a request to us and opts nobody in.
    List<Delivery> follow(Activity.Follow follow, Ghost ghost, Instant receivedAt) {
        NativeId followed = ghost.origin();
        NativeId follower = follow.author();
        Preferences.Preference preference = ports.preferences().of(followed);
        // A stand-in that went on stays, and nothing would come of following it.
        if (!ghost.active()
                || !ports.consents().given(followed, ghost.network())
                || preference.blocked().containsKey(follower)) {
            return optIns.answer(follow, followed, false, receivedAt);
        }
        // Who was let in once need not ask again.
        boolean known = ports.follows()
                .find(follower, followed)
                .filter(Follows.Edge::active)
                .isPresent();
        boolean locked =
                !known && resolver.profile(followed).filter(Profile::locked).isPresent();
        var edge = new Follows.Edge(
                follower,
                followed,
                follow.id(),
                connectors.get(follower.network()).locateFollower(follower),
                !locked);
        ports.follows().put(edge);
        List<Delivery> deliveries = new ArrayList<>();
        if (!locked) {
            deliveries.addAll(optIns.answer(follow, followed, true, receivedAt));
        }
        List<Delivery> carried = carry(follow, follower, followed, receivedAt);
        deliveries.addAll(carried);
        if (locked && carried.isEmpty() && !preference.shuns(follower)) {
            // Nobody else asks them.
            var occasion = new Letters.Occasion(followed, follower.network(), follow.id(), follow.at(), receivedAt);
            var question = Notice.of(
                    NoticeKey.FOLLOW_REQUEST, Notice.plain(handle(follower)), Notice.where(follower.network()));
            deliveries.addAll(letters.once(occasion, question, follower.key()));
        }
        return deliveries;
    }

    /// What a locked person is told about somebody who asked to follow them, and what they call them in an answer.
    String handle(NativeId follower) {
        return resolver.profile(follower)
                .map(Profile::handle)
                .map(FollowGraph::bare)
                .filter(h -> !h.isBlank())
                .orElse(follower.value());
    }

    private static String bare(String handle) {
        return handle.replaceAll("^@+", "");
    }

    /// What became of those who waited for an answer.
    record Decided(List<Delivery> deliveries, List<String> handles) {}

    /// A locked person answers somebody who asked to follow, by what they are called; or everybody.
    Decided decide(NativeId followed, String called, boolean accepted, Instant at, Instant receivedAt) {
        List<Delivery> deliveries = new ArrayList<>();
        List<String> handles = new ArrayList<>();
        for (Follows.Edge edge : ports.follows().pending(followed, PAGE)) {
            String handle = handle(edge.follower());
            boolean meant = called.equals(Command.ALL)
                    || handle.equalsIgnoreCase(called)
                    || edge.follower().value().equalsIgnoreCase(called);
            if (meant) {
                handles.add(handle);
                if (accepted) {
                    ports.follows().put(new Follows.Edge(edge.follower(), followed, edge.follow(), edge.reach(), true));
                } else {
                    ports.follows().remove(edge.follower(), followed);
                }
                var request = new Activity.Follow(edge.follow(), edge.follower(), at, followed);
                deliveries.addAll(optIns.answer(request, followed, accepted, receivedAt));
            }
        }
        return new Decided(deliveries, handles);
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
        List<Delivery> deliveries = new ArrayList<>(carry(named, follower, followed, receivedAt));
        deliveries.addAll(followNoFurther(edge.get(), unfollow.at(), receivedAt));
        return deliveries;
    }

    /// A follow that one of the two does not want any more, without a word to anybody about it.
    List<Delivery> cut(NativeId follower, NativeId followed, Instant at, Instant receivedAt) {
        return ports.follows()
                .remove(follower, followed)
                .map(edge -> followNoFurther(edge, at, receivedAt))
                .orElse(List.of());
    }

    /// Whom ghosts follow only because somebody moved there: nobody could end that otherwise.
    private List<Delivery> followNoFurther(Follows.Edge ended, Instant at, Instant receivedAt) {
        List<Delivery> deliveries = new ArrayList<>();
        NativeId next = on(ended.follow());
        Optional<Follows.Edge> edge = ports.follows().byFollow(next);
        while (edge.filter(e -> e.follower().equals(ended.follower())).isPresent()) {
            NativeId followed = edge.get().followed();
            ports.follows().remove(ended.follower(), followed);
            var id = new NativeId(Network.BRIDGE, "un" + next.value());
            var unfollow = new Activity.Unfollow(id, ended.follower(), at, followed, Optional.of(next));
            deliveries.addAll(carry(unfollow, ended.follower(), followed, receivedAt));
            next = on(next);
            edge = ports.follows().byFollow(next);
        }
        return deliveries;
    }

    /// Somebody moved: the ghosts of those who follow them from `networks` follow the new account too. The follow of
    /// the old one stays as long as the follower keeps it on their own network; then both end. Whoever is not
    /// carried there has no ghost to follow with, and bots follow nobody who did not ask them.
    ///
    /// A page at a time: what they ask for has to fit into one transaction.
    ///
    /// @param after the last follower of the page before; empty to begin
    FollowOn followOn(Activity.Move move, Collection<Network> networks, Optional<NativeId> after, Instant receivedAt) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Network network :
                networks.stream().sorted(Comparator.comparing(Network::name)).toList()) {
            int done =
                    after.map(a -> network.name().compareTo(a.network().name())).orElse(1);
            if (done < 0) {
                continue;
            }
            List<NativeId> page =
                    ports.follows().followersOf(move.author(), network, after.filter(_ -> done == 0), PAGE);
            for (NativeId follower : page) {
                ports.follows()
                        .find(follower, move.author())
                        .ifPresent(edge -> deliveries.addAll(followOn(edge, move, receivedAt)));
            }
            if (page.size() == PAGE) {
                return new FollowOn(deliveries, Optional.of(page.getLast()));
            }
        }
        return new FollowOn(deliveries, Optional.empty());
    }

    private List<Delivery> followOn(Follows.Edge edge, Activity.Move move, Instant receivedAt) {
        NativeId follower = edge.follower();
        NativeId target = move.target();
        NativeId id = on(edge.follow());
        Optional<Follows.Edge> taken = ports.follows().byFollow(id);
        while (taken.filter(t -> !t.followed().equals(target)).isPresent()) {
            id = on(id);
            taken = ports.follows().byFollow(id);
        }
        boolean byThemselves =
                taken.isEmpty() && ports.follows().find(follower, target).isPresent();
        var follow = new Activity.Follow(id, follower, move.at(), target);
        List<Delivery> asked = byThemselves ? List.of() : carry(follow, follower, target, receivedAt);
        if (!asked.isEmpty()) {
            boolean locked = resolver.profile(target).filter(Profile::locked).isPresent();
            ports.follows().put(new Follows.Edge(follower, target, id, edge.reach(), !locked));
        }
        return asked;
    }

    /// Names the follow that goes on from another.
    private static NativeId on(NativeId follow) {
        return new NativeId(Network.BRIDGE, ON + follow.key());
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
        if (!ports.consents().given(follower, followed.network())) {
            return List.of();
        }
        return DeliveryPlanner.plan(
                activity, follower, audience.ofNamed(activity, follower, followed.network()), receivedAt);
    }
}
