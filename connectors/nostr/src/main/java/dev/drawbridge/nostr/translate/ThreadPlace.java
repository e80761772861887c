package dev.drawbridge.nostr.translate;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Optional;

/// Where a note stands in a thread ([NIP-10](https://nips.nostr.com/10); [NIP-22](https://nips.nostr.com/22) for
/// comments).
///
/// @param parent what it answers
/// @param root what started it all
record ThreadPlace(Optional<EventId> parent, Optional<EventId> root) {
    private static final ThreadPlace NONE = new ThreadPlace(Optional.empty(), Optional.empty());
    private static final int MARKER = 3;

    static ThreadPlace of(Event event) {
        return event.kind() == Kind.COMMENT ? ofComment(event) : ofNote(event);
    }

    private static ThreadPlace ofComment(Event event) {
        Optional<EventId> parent = event.eventIds("e").stream().findFirst();
        return new ThreadPlace(parent, event.eventIds("E").stream().findFirst().or(() -> parent));
    }

    private static ThreadPlace ofNote(Event event) {
        // A marked mention is an old way to quote, not an answer.
        List<Tag> answers = event.tags("e")
                .filter(t -> EventId.tryParse(t.value()).isPresent())
                .filter(t -> !t.get(MARKER).equals("mention"))
                .toList();
        Optional<EventId> root = marked(answers, "root");
        Optional<EventId> reply = marked(answers, "reply");
        if (root.isPresent() || reply.isPresent()) {
            return new ThreadPlace(reply.or(() -> root), root.or(() -> reply));
        }
        if (answers.isEmpty()) {
            return NONE;
        }
        return new ThreadPlace(
                EventId.tryParse(answers.getLast().value()),
                EventId.tryParse(answers.getFirst().value()));
    }

    private static Optional<EventId> marked(List<Tag> tags, String marker) {
        return tags.stream()
                .filter(t -> t.get(MARKER).equals(marker))
                .findFirst()
                .flatMap(t -> EventId.tryParse(t.value()));
    }
}
