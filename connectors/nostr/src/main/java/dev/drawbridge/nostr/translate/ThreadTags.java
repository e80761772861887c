package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tags of an answer ([NIP-10](https://nips.nostr.com/10)): one `root` under the first note of a thread, `root` and
/// `reply` deeper down.
///
/// @param events the `e` tags
/// @param answered the author of the answered note, for the first `p` tag
/// @param link the answered post where it can only be linked to
record ThreadTags(List<Tag> events, Optional<PublicKey> answered, Optional<URI> link) {
    private static final ThreadTags NONE = new ThreadTags(List.of(), Optional.empty(), Optional.empty());

    /// @param losses takes what could not be kept
    static ThreadTags of(Post post, Resolved resolved, Marks marks, List<Loss> losses) {
        if (post.inReplyTo().isEmpty()) {
            return NONE;
        }
        NativeId source = post.inReplyTo().get().id();
        Optional<Resolved.Post> known = resolved.object(source);
        Optional<EventId> parent = known.flatMap(Resolved.Post::here).flatMap(ThreadTags::eventId);
        if (parent.isEmpty()) {
            losses.add(new Loss("inReplyTo", "what it answers is not on Nostr"));
            return new ThreadTags(
                    List.of(),
                    Optional.empty(),
                    known.flatMap(Resolved.Post::url).or(() -> webAddress(source)));
        }
        return under(parent.get(), known.get(), marks);
    }

    private static ThreadTags under(EventId parent, Resolved.Post known, Marks marks) {
        Optional<PublicKey> author = known.authorHere().flatMap(a -> PublicKey.tryParse(a.value()));
        String hint = marks.relayHint(known.original());
        EventId root = known.rootHere().flatMap(ThreadTags::eventId).orElse(parent);
        List<Tag> events = new ArrayList<>();
        if (root.equals(parent)) {
            events.add(tag(root, hint, "root", author));
        } else {
            events.add(tag(root, "", "root", Optional.empty()));
            events.add(tag(parent, hint, "reply", author));
        }
        return new ThreadTags(events, author, Optional.empty());
    }

    private static Tag tag(EventId id, String relay, String marker, Optional<PublicKey> author) {
        return author.map(a -> Tag.of("e", id.hex(), relay, marker, a.hex()))
                .orElseGet(() -> Tag.of("e", id.hex(), relay, marker));
    }

    private static Optional<EventId> eventId(ObjectRef ref) {
        return EventId.tryParse(ref.id().value());
    }

    private static Optional<URI> webAddress(NativeId source) {
        return source.value().startsWith("https://") ? Optional.of(URI.create(source.value())) : Optional.empty();
    }
}
