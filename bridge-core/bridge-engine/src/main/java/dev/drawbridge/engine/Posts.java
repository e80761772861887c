package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.NativeEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts: written, edited, taken back.
final class Posts {
    private static final Logger LOG = LoggerFactory.getLogger(Posts.class);
    private final Ports ports;
    private final Resolver resolver;
    private final Audience audience;
    private final Interactions interactions;
    private final Outward outward;
    private final Pins pins;

    Posts(Ports ports, Resolver resolver, Audience audience, Interactions interactions, Outward outward, Pins pins) {
        this.pins = pins;
        this.ports = ports;
        this.resolver = resolver;
        this.audience = audience;
        this.interactions = interactions;
        this.outward = outward;
    }

    /// A new post, or a new version of one.
    ///
    /// @param activity a [Activity.Publish] or [Activity.Edit] of `post`
    List<Delivery> written(Activity activity, Post post, NativeEvent event) {
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
        List<Delivery> deliveries = outward.toConsented(activity, Optional.of(post), event);
        boolean edit = activity instanceof Activity.Edit;
        if (!edit && deliveries.removeIf(delivery -> editedOn.contains(delivery.target()))) {
            LOG.info("not carried: {} was edited since", post.id());
        }
        if (!deliveries.isEmpty()) {
            Set<Network> plannedOn = deliveries.stream().map(Delivery::target).collect(Collectors.toUnmodifiableSet());
            var ref = new ObjectRef(post.id(), post.version());
            ports.ledger()
                    .recordOriginal(original(
                            ref,
                            post,
                            root(post),
                            union(before.map(Ledger.Original::plannedOn), plannedOn),
                            edit ? union(Optional.of(editedOn), plannedOn) : editedOn));
            deliveries.addAll(interactions.ask(activity, post, deliveries, event.receivedAt()));
            if (edit) {
                deliveries.addAll(pins.changed(activity, post.id(), false, event));
            }
        }
        return deliveries;
    }

    private Ledger.Original original(
            ObjectRef ref, Post post, Optional<ObjectRef> root, Set<Network> plannedOn, Set<Network> editedOn) {
        List<String> options = post.poll().stream()
                .flatMap(poll -> poll.options().stream())
                .map(Poll.Option::text)
                .toList();
        return new Ledger.Original(
                ref,
                post.author(),
                root,
                post.published(),
                post.interactions(),
                interactions.mentioned(post),
                options,
                plannedOn,
                editedOn);
    }

    /// What was counted in a poll. Besides it says who may do what with it, as every version does. It takes nothing's
    /// place, and while people vote it goes to networks that show it.
    List<Delivery> counted(Activity.Tally tally, NativeEvent event) {
        Post post = tally.post();
        Optional<Ledger.Original> asked = ports.ledger().original(post.id());
        boolean another = asked.filter(o -> !o.author().equals(post.author())).isPresent();
        if (another || ports.ledger().tombstoned(post.id(), post.author())) {
            LOG.info("not carried: what was counted in {}", post.id());
            return List.of();
        }
        asked.ifPresent(
                o -> ports.ledger().recordOriginal(original(o.ref(), post, o.root(), o.plannedOn(), o.editedOn())));
        Set<Network> showing = asked.map(Ledger.Original::plannedOn).orElse(Set.of()).stream()
                .filter(outward::showsRunningResults)
                .collect(Collectors.toUnmodifiableSet());
        if (showing.isEmpty() && !tally.hasEnded()) {
            LOG.info("not carried: what is counted in {} while people vote", post.id());
            return List.of();
        }
        List<Delivery> deliveries = outward.toConsented(tally, Optional.of(post), event);
        deliveries.removeIf(delivery -> !tally.hasEnded() && !showing.contains(delivery.target()));
        if (tally.hasEnded()) {
            deliveries.addAll(pins.changed(tally, post.id(), false, event));
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

    /// Something of theirs is gone: a post, a like, a repost, a permission.
    List<Delivery> delete(Activity.Delete delete, NativeEvent event) {
        if (interactions.isStamp(delete.target(), delete.author())) {
            return interactions.revoked(delete, event.receivedAt());
        }
        if (isAnothers(delete.target(), delete.author())) {
            LOG.info("not carried: {} deletes what somebody else made: {}", delete.author(), delete.target());
            return List.of();
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (Network target : outward.others(event.network())) {
            Set<Destination> places = new HashSet<>(audience.ofCopy(delete.target(), target));
            if (places.isEmpty() && outward.consented(delete.author(), target)) {
                // Its copy may still be on the way: the delete follows it on the same roads and in the same order.
                places.addAll(audience.of(delete, delete.author(), target));
            }
            deliveries.addAll(DeliveryPlanner.plan(delete, delete.author(), places, event.receivedAt()));
        }
        deliveries.addAll(pins.changed(delete, delete.target(), true, event));
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
                || outward.others(object.network()).stream()
                        .flatMap(target -> ports.ledger().copy(object, target).stream())
                        .anyMatch(copy -> !copy.author().equals(author));
    }
}
