package dev.drawbridge.testkit;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// [Follows] in memory.
public final class InMemoryFollows implements Follows {
    private final Map<NativeId, NavigableMap<NativeId, Edge>> byFollowed = new TreeMap<>();
    /// How many active follows each place has, in the order of keys; 0 where there were some.
    private final Map<Reached, NavigableMap<String, Integer>> places = new HashMap<>();

    private record Reached(NativeId followed, Network network) {}

    @Override
    public synchronized void put(Edge edge) {
        Optional.ofNullable(byFollowed
                        .computeIfAbsent(edge.followed(), f -> new TreeMap<>())
                        .put(edge.follower(), edge))
                .ifPresent(before -> count(before, -1));
        count(edge, 1);
    }

    private void count(Edge edge, int more) {
        edge.reach()
                .ifPresent(reach -> places.computeIfAbsent(
                                new Reached(edge.followed(), edge.follower().network()), _ -> new TreeMap<>())
                        .merge(reach.key(), edge.active() ? more : 0, Integer::sum));
    }

    @Override
    public synchronized Optional<Edge> remove(NativeId follower, NativeId followed) {
        Optional<Edge> gone = Optional.ofNullable(followersOf(followed).remove(follower));
        gone.ifPresent(edge -> count(edge, -1));
        return gone;
    }

    @Override
    public synchronized Optional<Edge> find(NativeId follower, NativeId followed) {
        return Optional.ofNullable(followersOf(followed).get(follower));
    }

    private NavigableMap<NativeId, Edge> followersOf(NativeId followed) {
        return byFollowed.getOrDefault(followed, new TreeMap<>());
    }

    @Override
    public synchronized Optional<Edge> byFollow(NativeId follow) {
        return all().filter(e -> e.follow().equals(follow)).findFirst();
    }

    @Override
    public synchronized List<Destination> reachOf(
            NativeId followed, Network network, Optional<Destination> after, int limit) {
        return page(followed, network, after, limit, 1);
    }

    @Override
    public synchronized List<Destination> everReached(
            NativeId followed, Network network, Optional<Destination> after, int limit) {
        return page(followed, network, after, limit, 0);
    }

    private List<Destination> page(
            NativeId followed, Network network, Optional<Destination> after, int limit, int least) {
        NavigableMap<String, Integer> all =
                places.getOrDefault(new Reached(followed, network), Collections.emptyNavigableMap());
        return after.map(a -> all.tailMap(a.key(), false)).orElse(all).entrySet().stream()
                .filter(place -> place.getValue() >= least)
                .limit(limit)
                .map(place -> NativeId.parse(place.getKey()))
                .map(key -> new Destination(key.network(), key.value()))
                .toList();
    }

    @Override
    public synchronized void removeReach(Destination gone) {
        byFollowed
                .values()
                .forEach(edges -> edges.values()
                        .removeIf(e -> e.reach().filter(gone::equals).isPresent()));
        places.values().forEach(m -> m.remove(gone.key()));
    }

    @Override
    public synchronized List<NativeId> followersOf(NativeId followed, Network network, String prefix, int limit) {
        NavigableMap<NativeId, Edge> all = followersOf(followed);
        NavigableMap<NativeId, Edge> from = prefix.isEmpty() ? all : all.tailMap(new NativeId(network, prefix), true);
        return from.values().stream()
                .takeWhile(e -> prefix.isEmpty() || e.follower().value().startsWith(prefix))
                .filter(e -> e.active() && e.follower().network().equals(network))
                .map(Edge::follower)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<NativeId> followersOf(
            NativeId followed, Network network, Optional<NativeId> after, int limit) {
        return active(followed, network)
                .map(Edge::follower)
                .filter(follower ->
                        after.filter(a -> follower.compareTo(a) <= 0).isEmpty())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long followerCount(NativeId followed, Network network) {
        return active(followed, network).count();
    }

    @Override
    public synchronized List<Edge> pending(NativeId followed, int limit) {
        return followersOf(followed).values().stream()
                .filter(e -> !e.active())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Set<NativeId> followedBy(NativeId follower) {
        return all().filter(e -> e.follower().equals(follower))
                .map(Edge::followed)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Edge> active(NativeId followed, Network network) {
        return followersOf(followed).values().stream()
                .filter(e -> e.active() && e.follower().network().equals(network));
    }

    private Stream<Edge> all() {
        return byFollowed.values().stream().flatMap(m -> m.values().stream());
    }
}
