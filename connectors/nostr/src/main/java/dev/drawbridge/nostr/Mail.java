package dev.drawbridge.nostr;

import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.UnsignedEvent;

/// Brings what bots write to people. Never fails here.
interface Mail {
    /// @param letter of kind 14, unsigned
    void send(UnsignedEvent letter, GiftWraps.Own from, PublicKey to);

    /// The same to somebody who never wrote to us: only to relays they named for messages, each tried once.
    void sendToStranger(UnsignedEvent letter, GiftWraps.Own from, PublicKey to);

    /// Whether somebody names relays for messages. Asks relays.
    boolean isTakenBy(PublicKey person);
}
