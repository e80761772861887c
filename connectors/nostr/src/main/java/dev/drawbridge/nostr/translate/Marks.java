package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What every copy carries.
///
/// @param ownRelay where copies are always found
/// @param protectCopies whether copies ask not to be passed on ([NIP-70](https://nips.nostr.com/70))
record Marks(RelayUrl ownRelay, boolean protectCopies) {
    /// Says where the original is ([NIP-48](https://nips.nostr.com/48)). Nothing for what the bridge itself says.
    List<Tag> of(NativeId source) {
        List<Tag> marks = new ArrayList<>();
        Network network = source.network();
        if (!network.equals(Network.BRIDGE) && !network.equals(Network.NOSTR)) {
            marks.add(Tag.of("proxy", BridgedText.clean(source.value()), network.name()));
        }
        if (protectCopies) {
            marks.add(Tag.of("-"));
        }
        return marks;
    }

    /// Where an event is found: our relay for copies, unknown for what is native here.
    String relayHint(NativeId original) {
        return original.network().equals(Network.NOSTR) ? "" : ownRelay.value();
    }

    /// A time that relays take: not later than `now`, and the same on every try because both are.
    static long seconds(Instant at, Instant now) {
        Instant earlier = at.isBefore(now) ? at : now;
        return Math.max(0, earlier.getEpochSecond());
    }
}
