package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Emoji;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Kind 7 ([NIP-25](https://nips.nostr.com/25)).
final class ReactionIn implements Inbound {
    /// The longest emoji that is really one, and room for a shortcode.
    private static final int LONGEST = 64;

    /// What a reaction or repost is about: an article by its address; of several events, reactions mean the last.
    static Optional<NativeId> target(Event event) {
        Optional<NativeId> article = event.tags("a")
                .map(Tag::value)
                .flatMap(value -> Quotes.id(value).stream())
                .findFirst();
        List<EventId> ids = event.eventIds("e");
        if (article.isPresent() || ids.isEmpty()) {
            return article;
        }
        return Optional.of(NativeEvents.id(event.kind() == Kind.REACTION ? ids.getLast() : ids.getFirst()));
    }

    /// What must be known about the target.
    static Needs needsOf(Event event) {
        return new Needs(Set.of(), target(event).map(Set::of).orElse(Set.of()), Set.of(), false);
    }

    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return needsOf(event);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        Optional<NativeId> target = target(event);
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
        Optional<String> said = Optional.of(content).filter(c -> !c.isEmpty() && !c.equals("+"));
        Optional<String> emoji = said.filter(Emoji::isReaction);
        List<Loss> losses = said.isPresent() && emoji.isEmpty()
                ? List.of(new Loss("emoji", "what is no emoji became a plain like"))
                : List.of();
        Activity.React react = new Activity.React(
                NativeEvents.id(event.id()),
                Inbound.author(event),
                Inbound.at(event),
                ObjectRef.of(target.get()),
                emoji,
                emoji.flatMap(written -> EmojiTags.read(event, written)));
        return Translation.of(List.of(react), losses);
    }
}
