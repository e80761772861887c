package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A vote as kind 1018 ([NIP-88](https://nips.nostr.com/88)).
final class VoteOut {
    private VoteOut() {}

    static Translation<NativeDraft> vote(Activity.Vote vote, Outbound out) {
        Optional<Resolved.Post> poll = out.resolved().object(vote.poll());
        Optional<ObjectRef> here = poll.flatMap(Resolved.Post::here)
                .filter(ref -> EventId.tryParse(ref.id().value()).isPresent());
        if (here.isEmpty()) {
            return Translation.skipped("the poll is not on Nostr");
        }
        CopyHistory history = CopyHistory.of(here.get());
        if (history.kind() != Kind.POLL) {
            return Translation.skipped("what is voted in is no poll on Nostr");
        }
        List<Tag> tags = new ArrayList<>();
        tags.add(Tag.of(
                "e", here.get().id().value(), out.marks().relayHint(poll.get().original())));
        for (int choice : vote.choices()) {
            List<String> ids = history.options();
            if (!ids.isEmpty() && choice >= ids.size()) {
                return Translation.malformed("choices", "the poll has no option " + choice);
            }
            tags.add(Tag.of("response", ids.isEmpty() ? Integer.toString(choice) : ids.get(choice)));
        }
        poll.get()
                .authorHere()
                .flatMap(a -> PublicKey.tryParse(a.value()))
                .ifPresent(a -> tags.add(Tag.of("p", a.hex())));
        tags.addAll(out.marks().of(Outbound.source(vote, vote.author())));
        var event = new EventTemplate(out.seconds(vote), Kind.VOTE, tags, "");
        return Translation.of(out.speaker(vote).draft(event, CopyHistory.fresh(event)));
    }
}
