package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// People who go on under another account of their network.
final class Moves {
    private static final Logger LOG = LoggerFactory.getLogger(Moves.class);
    /// As long as a notice may be on its way, another one of the same move is that one.
    private static final Duration SAME_MOVE = Duration.ofDays(7);

    private final Ports ports;
    private final Inbox inbox;
    private final Resolver resolver;
    private final FollowGraph followGraph;
    private final Outward outward;
    private final InstantSource clock;

    /// @param inbox for followers beyond the first page
    Moves(Ports ports, Inbox inbox, Resolver resolver, FollowGraph followGraph, Outward outward, InstantSource clock) {
        this.ports = ports;
        this.inbox = inbox;
        this.resolver = resolver;
        this.followGraph = followGraph;
        this.outward = outward;
        this.clock = clock;
    }

    /// The old account tells those who follow it elsewhere; their ghosts follow the new one. It is carried nowhere
    /// until it asks to be.
    List<Delivery> move(Activity.Move move, NativeEvent event) {
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
        var page = followGraph.followOn(move, outward.others(event.network()), after, event.receivedAt());
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
        List<Delivery> deliveries = outward.toConsented(first, Optional.empty(), event);
        deliveries.removeIf(delivery -> Stream.concat(known.stream(), Stream.of(first))
                .anyMatch(m -> ports.ledger().copy(m.id(), delivery.target()).isPresent()));
        if (!deliveries.isEmpty()) {
            ports.ledger()
                    .recordOriginal(new Ledger.Original(
                            ObjectRef.of(name), move.author(), Optional.of(ObjectRef.of(first.id())), first.at()));
        }
        return deliveries;
    }
}
