package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tags of an answer. Under a note ([NIP-10](https://nips.nostr.com/10)): one `root` under the first of a thread,
/// `root` and `reply` deeper down. Under anything else ([NIP-22](https://nips.nostr.com/22)): what started it all in
/// capital letters, what is answered in small ones.
///
/// @param tags `e`, or what a comment has
/// @param answered the author of what is answered, for the first `p` tag
/// @param link the answered post where it can only be linked to
/// @param comment whether the answer has to be a comment
record ThreadTags(List<Tag> tags, Optional<PublicKey> answered, Optional<URI> link, boolean comment) {
    private static final ThreadTags NONE = new ThreadTags(List.of(), Optional.empty(), Optional.empty(), false);

    /// @param losses takes what could not be kept
    static ThreadTags of(Post post, Resolved resolved, Marks marks, List<Loss> losses) {
        if (post.inReplyTo().isEmpty()) {
            return NONE;
        }
        NativeId source = post.inReplyTo().get().id();
        Optional<Resolved.Post> known = resolved.object(source);
        Optional<Place> parent = known.flatMap(k -> k.here().flatMap(ref -> Place.of(ref, k.authorHere())));
        if (parent.isEmpty()) {
            losses.add(new Loss("inReplyTo", "what it answers is not on Nostr"));
            Optional<URI> link = known.flatMap(Resolved.Post::url).or(() -> webAddress(source));
            return new ThreadTags(List.of(), Optional.empty(), link, false);
        }
        String hint = marks.relayHint(known.get().original());
        Place root = known.get()
                .rootHere()
                .flatMap(ref -> Place.of(ref, Optional.empty()))
                .filter(r -> !r.value().equals(parent.get().value()))
                .orElse(parent.get());
        return parent.get().isNote() ? answer(parent.get(), root, hint) : comment(parent.get(), root, hint);
    }

    private static ThreadTags answer(Place parent, Place root, String hint) {
        List<Tag> tags = new ArrayList<>();
        if (root == parent || !root.isNote()) {
            tags.add(marked(parent, hint, "root", parent.author()));
        } else {
            tags.add(marked(root, "", "root", Optional.empty()));
            tags.add(marked(parent, hint, "reply", parent.author()));
        }
        return new ThreadTags(tags, parent.author(), Optional.empty(), false);
    }

    private static Tag marked(Place place, String relay, String marker, Optional<PublicKey> author) {
        return author.map(a -> place.tag('e', relay, marker, a.hex())).orElseGet(() -> place.tag('e', relay, marker));
    }

    private static ThreadTags comment(Place parent, Place root, String hint) {
        List<Tag> tags = new ArrayList<>();
        tags.add(root.tag('E', root == parent ? hint : ""));
        tags.add(Tag.of("K", Integer.toString(root.kind())));
        root.author().ifPresent(a -> tags.add(Tag.of("P", a.hex())));
        tags.add(parent.tag('e', hint));
        tags.add(Tag.of("k", Integer.toString(parent.kind())));
        return new ThreadTags(tags, parent.author(), Optional.empty(), true);
    }

    private static Optional<URI> webAddress(NativeId source) {
        return source.value().startsWith("https://") ? Optional.of(URI.create(source.value())) : Optional.empty();
    }
}
