package dev.drawbridge.testkit;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// [Follows] in memory.
public final class InMemoryFollows implements Follows {
    private final Map<NativeId, Map<NativeId, Edge>> byFollowed = new TreeMap<>();

    @Override
    public synchronized void put(Edge edge) {
        byFollowed.computeIfAbsent(edge.followed(), f -> new TreeMap<>()).put(edge.follower(), edge);
    }

    @Override
    public synchronized Optional<Edge> remove(NativeId follower, NativeId followed) {
        return Optional.ofNullable(followersOf(followed).remove(follower));
    }

    @Override
    public synchronized Optional<Edge> find(NativeId follower, NativeId followed) {
        return Optional.ofNullable(followersOf(followed).get(follower));
    }

    private Map<NativeId, Edge> followersOf(NativeId followed) {
        return byFollowed.getOrDefault(followed, new TreeMap<>());
    }

    @Override
    public synchronized Optional<Edge> byFollow(NativeId follow) {
        return all().filter(e -> e.follow().equals(follow)).findFirst();
    }

    @Override
    public synchronized Set<Destination> reachOf(NativeId followed, Network network) {
        return active(followed, network).flatMap(e -> e.reach().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized void removeReach(Destination gone) {
        byFollowed
                .values()
                .forEach(edges -> edges.values()
                        .removeIf(e -> e.reach().filter(gone::equals).isPresent()));
    }

    @Override
    public synchronized long followerCount(NativeId followed, Network network) {
        return active(followed, network).count();
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
