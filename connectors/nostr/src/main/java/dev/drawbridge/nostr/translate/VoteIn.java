package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Kind 1018 ([NIP-88](https://nips.nostr.com/88)). Options of copies are called by their place.
final class VoteIn implements Inbound {
    static Optional<EventId> poll(Event event) {
        return event.eventIds("e").stream().findFirst();
    }

    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return new Needs(
                Set.of(), poll(event).map(NativeEvents::id).map(Set::of).orElse(Set.of()), Set.of(), false);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        Optional<NativeId> target = poll(event).map(NativeEvents::id);
        if (target.isEmpty()) {
            return Translation.malformed("e", "a vote in nothing");
        }
        Optional<Resolved.Post> poll =
                resolved.object(target.get()).filter(post -> !post.options().isEmpty());
        if (poll.isEmpty()) {
            return Translation.skipped("the poll is not known here");
        }
        List<Integer> choices = event.tags("response")
                .map(Tag::value)
                .flatMap(id -> place(id, poll.get()).stream())
                .distinct()
                .sorted()
                .toList();
        return choices.isEmpty()
                ? Translation.malformed("response", "none of the options")
                : Translation.of(List.of(new Activity.Vote(
                        NativeEvents.id(event.id()), Inbound.author(event), Inbound.at(event), target.get(), choices)));
    }

    private static Optional<Integer> place(String id, Resolved.Post poll) {
        List<String> ids = poll.here().map(h -> CopyHistory.of(h).options()).orElse(List.of());
        for (int i = 0; i < poll.options().size(); i++) {
            String name = i < ids.size() ? ids.get(i) : Integer.toString(i);
            if (name.equals(id)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
