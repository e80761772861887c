package dev.drawbridge.testkit;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.IdentityMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// [IdentityMap] in memory.
public final class InMemoryIdentityMap implements IdentityMap {
    private final Map<NativeId, Map<Network, NativeId>> idsByOrigin = new TreeMap<>();
    private final Map<NativeId, Ghost> byId = new TreeMap<>();

    @Override
    public synchronized Ghost putIfAbsent(Ghost ghost) {
        Optional<Ghost> first = find(ghost.origin(), ghost.network());
        if (first.isPresent()) {
            return first.get();
        }
        Ghost other = byId.putIfAbsent(ghost.id(), ghost);
        if (other != null) {
            throw new IllegalStateException(ghost.id() + " already stands for " + other.origin());
        }
        idsByOrigin.computeIfAbsent(ghost.origin(), o -> new TreeMap<>()).put(ghost.network(), ghost.id());
        return ghost;
    }

    @Override
    public synchronized void setActive(NativeId ghost, boolean active) {
        byId.computeIfPresent(ghost, (id, g) -> new Ghost(g.origin(), id, g.handle(), active, g.createdAt()));
    }

    @Override
    public synchronized void rename(NativeId ghost, String handle) {
        byId.computeIfPresent(ghost, (id, g) -> new Ghost(g.origin(), id, handle, g.active(), g.createdAt()));
    }

    @Override
    public synchronized Optional<Ghost> find(NativeId origin, Network network) {
        return Optional.ofNullable(idsByOrigin.getOrDefault(origin, Map.of()).get(network))
                .flatMap(this::byId);
    }

    @Override
    public synchronized Optional<Ghost> byId(NativeId ghost) {
        return Optional.ofNullable(byId.get(ghost));
    }

    @Override
    public synchronized List<Ghost> of(NativeId origin) {
        return idsByOrigin.getOrDefault(origin, Map.of()).values().stream()
                .flatMap(id -> byId(id).stream())
                .toList();
    }

    @Override
    public void forEach(Network network, Consumer<Ghost> visitor) {
        on(network).forEach(visitor);
    }

    private synchronized List<Ghost> on(Network network) {
        return byId.values().stream().filter(g -> g.network().equals(network)).toList();
    }
}
