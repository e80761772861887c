package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.RelayUrl;
import java.util.Set;

/// Which relays we talk to.
///
/// @param relays read for what is said to ours
/// @param indexers asked where people are found
/// @param own our own, which we never connect to
/// @param mostRelays how many more we read because people who opted in write there
/// @param insecureAllowed whether unencrypted relays are allowed, for tests
public record RelaySettings(
        Set<RelayUrl> relays, Set<RelayUrl> indexers, RelayUrl own, int mostRelays, boolean insecureAllowed) {
    public RelaySettings {
        relays = Set.copyOf(relays);
        indexers = Set.copyOf(indexers);
    }

    /// Whether we would connect to a relay that somebody else names.
    boolean allows(RelayUrl url) {
        return !url.equals(own) && (insecureAllowed || url.secure());
    }
}
