package dev.drawbridge.nostr.store;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.nostr.event.PublicKey;
import java.time.Instant;

/// A ghost as Nostr sees it.
///
/// @param key who it is here
/// @param origin who it stands for
/// @param keyRef what the signer calls its key
/// @param name the local part of its NIP-05 name
/// @param createdAt when it was made
public record Presentation(PublicKey key, NativeId origin, String keyRef, String name, Instant createdAt) {
    public boolean bot() {
        return origin.network().equals(Network.BRIDGE);
    }
}
