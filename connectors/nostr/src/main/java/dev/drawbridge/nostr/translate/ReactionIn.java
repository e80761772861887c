package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Kind 7 ([NIP-25](https://nips.nostr.com/25)).
final class ReactionIn implements Inbound {
    /// The longest emoji that is really one, and room for a shortcode.
    private static final int LONGEST = 64;

    /// What a reaction or repost is about: of several, reactions mean the last.
    static Optional<EventId> target(Event event) {
        List<EventId> ids = event.eventIds("e");
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(event.kind() == Kind.REACTION ? ids.getLast() : ids.getFirst());
    }

    /// What must be known about the target.
    static Needs needsOf(Event event) {
        return new Needs(
                Set.of(), target(event).map(NativeEvents::id).map(Set::of).orElse(Set.of()), Set.of(), false);
    }

    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return needsOf(event);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        Optional<EventId> target = target(event);
        if (target.isEmpty()) {
            return Translation.malformed("e", "a reaction to nothing");
        }
        String content = event.content().strip();
        if (content.equals("-")) {
            return Translation.skipped("nobody else has dislikes");
        }
        if (content.length() > LONGEST) {
            return Translation.malformed("content", "not an emoji");
        }
        Optional<String> emoji = Optional.of(content).filter(c -> !c.isEmpty() && !c.equals("+"));
        return Translation.of(List.of(new Activity.React(
                NativeEvents.id(event.id()),
                Inbound.author(event),
                Inbound.at(event),
                ObjectRef.of(NativeEvents.id(target.get())),
                emoji)));
    }
}
