package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import java.util.List;

/// Kinds 6 and 16 ([NIP-18](https://nips.nostr.com/18)). The copy of the event inside is not looked at: nobody vouches
/// for it.
final class RepostIn implements Inbound {
    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return ReactionIn.needsOf(event);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        return ReactionIn.target(event)
                .<Translation<List<Activity>>>map(target -> Translation.of(List.of(new Activity.Repost(
                        NativeEvents.id(event.id()), Inbound.author(event), Inbound.at(event), ObjectRef.of(target)))))
                .orElseGet(() -> Translation.malformed("e", "a repost of nothing"));
    }
}
