package dev.drawbridge.model;

import java.time.Instant;

/// An actor's stand-in on another network. Made only when its owner opts in.
///
/// @param origin the person on their own network; on [Network#BRIDGE] for a bot, with the network it reaches as value
/// @param id the stand-in as its network names it
/// @param handle the stand-in's handle as its network writes it
/// @param active false once its owner left
/// @param createdAt when it was made
public record Ghost(NativeId origin, NativeId id, String handle, boolean active, Instant createdAt) {
    public Network network() {
        return id.network();
    }

    /// Whether this is one of the bridge's own accounts, which people follow to opt in.
    public boolean bot() {
        return origin.network().equals(Network.BRIDGE);
    }

    /// The network this bot carries its followers to.
    ///
    /// @throws IllegalStateException if this is not a bot
    public Network reaches() {
        if (!bot()) {
            throw new IllegalStateException("not a bot: " + id);
        }
        return new Network(origin.value());
    }

    /// The origin of the bot that carries people to `target`.
    public static NativeId botOrigin(Network target) {
        return new NativeId(Network.BRIDGE, target.name());
    }
}
