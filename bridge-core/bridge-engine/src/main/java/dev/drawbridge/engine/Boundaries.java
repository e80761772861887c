package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Preferences.Preference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people want to hear nothing of, whether they say so with their app or tell a bot: the bot is for people whom
/// they do not see on their own network.
final class Boundaries {
    private static final Logger LOG = LoggerFactory.getLogger(Boundaries.class);
    /// Of one person.
    private static final int MOST = 5_000;

    private final Ports ports;
    private final Connectors connectors;
    private final Audience audience;
    private final FollowGraph followGraph;
    private final Namesakes namesakes;

    Boundaries(Ports ports, Connectors connectors, Audience audience, FollowGraph followGraph, Namesakes namesakes) {
        this.ports = ports;
        this.connectors = connectors;
        this.audience = audience;
        this.followGraph = followGraph;
        this.namesakes = namesakes;
    }

    /// What became of a wish.
    record Drawn(List<Delivery> deliveries, Notice answer) {}

    /// Somebody told a bot to mute or block a person of another network, or not any more.
    ///
    /// @param called what they call that person
    /// @param cause the message
    Drawn told(Verb verb, NativeId person, String called, NativeId cause, Instant at, Instant receivedAt) {
        List<NativeId> meant = namesakes.of(person, called);
        if (meant.size() != 1) {
            return new Drawn(
                    List.of(),
                    Notice.of(
                            meant.isEmpty() ? NoticeKey.NOBODY_CALLED : NoticeKey.SEVERAL_CALLED,
                            Notice.plain(called)));
        }
        NativeId other = meant.getFirst();
        var id = new NativeId(Network.BRIDGE, verb + ":" + cause.key());
        Preference before = ports.preferences().of(person);
        if (isFull(verb, before, other)) {
            return new Drawn(List.of(), Notice.of(NoticeKey.TOO_MANY_SHUNNED, Notice.plain(Integer.toString(MOST))));
        }
        return switch (verb) {
            case MUTE -> {
                ports.preferences().put(before.withMuted(with(before.muted(), other)));
                yield new Drawn(List.of(), Notice.of(NoticeKey.MUTED, Notice.plain(called)));
            }
            case UNMUTE -> {
                ports.preferences().put(before.withMuted(without(before.muted(), other)));
                yield new Drawn(List.of(), Notice.of(NoticeKey.UNMUTED, Notice.plain(called)));
            }
            case BLOCK ->
                new Drawn(
                        block(new Activity.Block(id, person, at, other), other, receivedAt),
                        Notice.of(NoticeKey.BLOCKED, Notice.plain(called)));
            default ->
                new Drawn(
                        unblock(new Activity.Unblock(id, person, at, other), other, receivedAt),
                        Notice.of(NoticeKey.UNBLOCKED, Notice.plain(called)));
        };
    }

    /// Whether there is no room for one more.
    private static boolean isFull(Verb verb, Preference before, NativeId other) {
        return switch (verb) {
            case MUTE -> before.muted().size() >= MOST && !before.muted().contains(other);
            case BLOCK -> before.blocked().size() >= MOST && !before.blocked().containsKey(other);
            default -> false;
        };
    }

    /// Ends what is between the two, tells the other network where both are there, and keeps it in mind for whoever is
    /// carried. Whom they block of their own network is no business of the bridge.
    ///
    /// @param other whom it is about, on their own network
    List<Delivery> block(Activity.Block block, NativeId other, Instant receivedAt) {
        NativeId person = block.author();
        List<Delivery> deliveries = new ArrayList<>(followGraph.cut(other, person, block.at(), receivedAt));
        deliveries.addAll(followGraph.cut(person, other, block.at(), receivedAt));
        if (!other.network().equals(person.network())
                && ports.consents().of(person).stream().anyMatch(Consent::given)) {
            keep(block, other);
        }
        deliveries.addAll(toNetworkOf(other, block, receivedAt));
        return deliveries;
    }

    private void keep(Activity.Block block, NativeId other) {
        Preference before = ports.preferences().of(block.author());
        if (isFull(Verb.BLOCK, before, other)) {
            LOG.warn("not kept: {} blocks {} people already", block.author(), MOST);
            return;
        }
        Map<NativeId, NativeId> blocked = new HashMap<>(before.blocked());
        if (!block.id().equals(blocked.put(other, block.id()))) {
            ports.preferences().put(before.withBlocked(blocked));
        }
    }

    /// Who is unblocked is followed by nobody again: that was cut for good.
    List<Delivery> unblock(Activity.Unblock unblock, NativeId other, Instant receivedAt) {
        Preference before = ports.preferences().of(unblock.author());
        Map<NativeId, NativeId> blocked = new HashMap<>(before.blocked());
        if (blocked.keySet().remove(other)) {
            ports.preferences().put(before.withBlocked(blocked));
        }
        return toNetworkOf(other, unblock, receivedAt);
    }

    private List<Delivery> toNetworkOf(NativeId other, Activity activity, Instant receivedAt) {
        Network there = other.network();
        boolean both = !there.equals(activity.author().network())
                && connectors.reaches(there)
                && ports.identities().find(activity.author(), there).isPresent();
        if (!both) {
            return List.of();
        }
        Set<Destination> places = audience.ofNamed(activity, activity.author(), there);
        return DeliveryPlanner.plan(activity, activity.author(), places, receivedAt);
    }

    private static Set<NativeId> with(Set<NativeId> people, NativeId another) {
        var all = new HashSet<>(people);
        all.add(another);
        return all;
    }

    private static Set<NativeId> without(Set<NativeId> people, NativeId one) {
        var all = new HashSet<>(people);
        all.remove(one);
        return all;
    }
}
