package dev.drawbridge.model.port;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Who stands for whom. Unique by (origin, network) and by ghost id.
public interface IdentityMap {
    /// Stores a ghost unless its origin already has one on that network.
    ///
    /// @return the ghost that is stored now: `ghost`, or the one that was there first
    /// @throws IllegalStateException if the id already stands for somebody else
    Ghost putIfAbsent(Ghost ghost);

    /// Marks a ghost as left or returned. Does nothing if there is no such ghost.
    void setActive(NativeId ghost, boolean active);

    /// Notes another handle of a ghost. Does nothing if there is no such ghost.
    void rename(NativeId ghost, String handle);

    Optional<Ghost> find(NativeId origin, Network network);

    Optional<Ghost> byId(NativeId ghost);

    /// The ghosts of a person, bots included, whether active or not.
    List<Ghost> of(NativeId origin);

    /// Every ghost on a network.
    void forEach(Network network, Consumer<Ghost> visitor);
}
