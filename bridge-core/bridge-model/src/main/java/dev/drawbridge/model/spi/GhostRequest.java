package dev.drawbridge.model.spi;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;

/// Asks a connector for a stand-in.
///
/// @param origin who it stands for; on [Network#BRIDGE] for a bot
/// @param profile what it shows of them
public record GhostRequest(NativeId origin, Profile profile) {
    public boolean bot() {
        return origin.network().equals(Network.BRIDGE);
    }
}
