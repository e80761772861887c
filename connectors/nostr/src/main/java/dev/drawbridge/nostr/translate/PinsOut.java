package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What somebody puts first, or no longer, as kind 10001 ([NIP-51](https://nips.nostr.com/51)). The list is whole each
/// time, and known where it is kept: a draft says what changes on it, in a tag that is gone once that is done.
public final class PinsOut {
    /// A draft with it changes a list; without it, it is the list.
    public static final String CHANGE = "change";

    public static final String ADD = "add";
    public static final String REMOVE = "remove";

    private PinsOut() {}

    static Translation<NativeDraft> pin(Activity.Pin pin, Outbound out) {
        Optional<ObjectRef> here = out.resolved().objectHere(pin.target());
        if (here.isEmpty()) {
            return Translation.skipped("what is pinned is not on Nostr");
        }
        Optional<EventId> post = EventId.tryParse(here.get().id().value());
        if (post.isEmpty()) {
            return Translation.skipped("only notes are pinned on Nostr, no articles");
        }
        List<Tag> tags = new ArrayList<>();
        tags.add(Tag.of("e", post.get().hex()));
        tags.add(Tag.of(CHANGE, pin.pinned() ? ADD : REMOVE));
        tags.addAll(out.marks().of(pin.author()));
        var event = new EventTemplate(out.seconds(), Kind.PINS, tags, "");
        return Translation.of(out.speaker(pin).draft(Optional.empty(), event));
    }
}
