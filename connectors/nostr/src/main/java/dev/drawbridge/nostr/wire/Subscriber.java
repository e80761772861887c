package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.Event;

/// Who hears what a relay sends for one subscription. Calls for one relay never overlap.
interface Subscriber {
    /// An event whose id and signature nobody has checked yet.
    void event(Event event);

    /// Everything stored was sent.
    ///
    /// @param complete whether the relay says that no limit held anything back
    void endOfStored(boolean complete);

    /// The relay answered while sets are compared ([NIP-77](https://nips.nostr.com/77)).
    ///
    /// @param message in hexadecimal, if the relay keeps to it
    default void compared(String message) {}

    /// The relay ended the comparison, or refused it.
    default void notCompared(String reason) {}

    /// The relay ended the subscription, or the connection is gone. Nothing follows.
    void closed(String reason);
}
