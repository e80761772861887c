package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Optional;

/// Kind 62 ([NIP-62](https://nips.nostr.com/62)): the person wants everything gone, here or everywhere.
///
/// @param ownRelay how our relay is called
public record VanishIn(RelayUrl ownRelay) implements Inbound {
    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return Needs.NOTHING;
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        return meansUs(event)
                ? Translation.of(List.of(new Activity.DeleteAccount(
                        NativeEvents.id(event.id()), Inbound.author(event), Inbound.at(event))))
                : Translation.skipped("it asks other relays to forget its author");
    }

    /// Whether a request to vanish is for everybody, or for our relay.
    public boolean meansUs(Event vanish) {
        return vanish.tags("relay").map(Tag::value).anyMatch(this::meansUs);
    }

    private boolean meansUs(String relay) {
        return relay.equals("ALL_RELAYS") || RelayUrl.tryParse(relay).equals(Optional.of(ownRelay));
    }
}
