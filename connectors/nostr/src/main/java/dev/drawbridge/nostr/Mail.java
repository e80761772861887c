package dev.drawbridge.nostr;

import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.UnsignedEvent;

/// Brings what bots write to people. Never fails here.
@FunctionalInterface
interface Mail {
    /// @param letter of kind 14, unsigned
    void send(UnsignedEvent letter, GiftWraps.Own from, PublicKey to);
}
