package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Optional;

/// Where a note stands in a thread ([NIP-10](https://nips.nostr.com/10); [NIP-22](https://nips.nostr.com/22) for
/// comments). Polls and articles answer if they say so in the words of one or the other.
///
/// @param parent what it answers: an event, or an article by its address
/// @param root what started it all
record ThreadPlace(Optional<NativeId> parent, Optional<NativeId> root) {
    private static final ThreadPlace NONE = new ThreadPlace(Optional.empty(), Optional.empty());
    private static final int MARKER = 3;

    static ThreadPlace of(Event event) {
        return switch (event.kind()) {
            case Kind.NOTE -> ofNote(event);
            case Kind.COMMENT, Kind.VOICE_ANSWER -> ofComment(event);
            case Kind.POLL, Kind.ARTICLE -> event.tag("K").isPresent() ? ofComment(event) : ofMarks(answers(event));
            default -> NONE;
        };
    }

    private static ThreadPlace ofComment(Event event) {
        Optional<NativeId> parent = first(event, "a").or(() -> first(event, "e"));
        return new ThreadPlace(
                parent, first(event, "A").or(() -> first(event, "E")).or(() -> parent));
    }

    private static Optional<NativeId> first(Event event, String name) {
        return event.tags(name)
                .map(Tag::value)
                .flatMap(value -> Quotes.id(value).stream())
                .findFirst();
    }

    private static ThreadPlace ofNote(Event event) {
        List<Tag> answers = answers(event);
        ThreadPlace marked = ofMarks(answers);
        return marked.parent().isPresent() || answers.isEmpty()
                ? marked
                : new ThreadPlace(
                        Quotes.id(answers.getLast().value()),
                        Quotes.id(answers.getFirst().value()));
    }

    /// A marked mention is an old way to quote, not an answer.
    private static List<Tag> answers(Event event) {
        return event.tags("e")
                .filter(t -> EventId.tryParse(t.value()).isPresent())
                .filter(t -> !t.get(MARKER).equals("mention"))
                .toList();
    }

    private static ThreadPlace ofMarks(List<Tag> answers) {
        Optional<NativeId> root = marked(answers, "root");
        Optional<NativeId> reply = marked(answers, "reply");
        return new ThreadPlace(reply.or(() -> root), root.or(() -> reply));
    }

    private static Optional<NativeId> marked(List<Tag> tags, String marker) {
        return tags.stream()
                .filter(t -> t.get(MARKER).equals(marker))
                .findFirst()
                .flatMap(t -> Quotes.id(t.value()));
    }
}
