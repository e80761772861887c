package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayUrl;
import java.util.Optional;

/// Who we are to other relays: the bridge itself, never one of its people.
@FunctionalInterface
public interface Identity {
    /// The answer to a challenge, kind 22242 ([NIP-42](https://nips.nostr.com/42)).
    ///
    /// @return empty while the bridge has no account of its own
    Optional<Event> prove(RelayUrl relay, String challenge);
}
