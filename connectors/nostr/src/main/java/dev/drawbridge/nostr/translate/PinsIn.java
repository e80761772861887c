package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import java.util.List;

/// Kind 10001 ([NIP-51](https://nips.nostr.com/51)): the whole list each time. What is no longer on it cannot be told
/// from what never was.
final class PinsIn implements Inbound {
    /// Nobody shows more.
    private static final int MOST = 10;

    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return Needs.NOTHING;
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        List<Activity> pins = event.eventIds("e").stream()
                .distinct()
                .limit(MOST)
                .<Activity>map(id -> new Activity.Pin(
                        id(event, id), Inbound.author(event), Inbound.at(event), NativeEvents.id(id), true))
                .toList();
        return Translation.of(
                pins, List.of(new Loss("pins", "what was taken off the list stays where it was carried to")));
    }

    private static NativeId id(Event event, EventId pinned) {
        return new NativeId(Network.NOSTR, event.pubkey().hex() + ":pin:" + pinned.hex());
    }
}
