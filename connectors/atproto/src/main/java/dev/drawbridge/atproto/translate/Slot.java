package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Choices.Edits;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.spi.Resolved;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a version of a post goes.
///
/// @param path of its first record
/// @param source what its keys are made of
/// @param replaced the copy that it takes the place of, if that stands elsewhere
record Slot(RepoPath path, String source, Optional<NativeId> replaced) {
    static Slot first(Post post) {
        String source = post.id().key();
        return new Slot(
                new RepoPath(new Nsid(Lexicons.POST), RecordKeys.of(post.published(), source)),
                source,
                Optional.empty());
    }

    /// Where the copy stands, of which nothing but the counts of its poll changed.
    static Slot again(Post post, Resolved resolved) {
        Slot first = first(post);
        return resolved.objectHere(post.id())
                .flatMap(copy -> Writes.path(copy.id()))
                .map(path -> new Slot(path, first.source(), Optional.<NativeId>empty()))
                .orElse(first);
    }

    /// A new version goes where the first one went, whatever date it carries. Where that was chosen, and soon after
    /// the post was written, it gets a place of its own and the old one is given up: readers of this network keep
    /// seeing the record as it was when it came.
    ///
    /// @param window how long after it was written a post can be replaced
    /// @throws Uncrossable if a later version took the place of this one
    static Slot edited(
            Activity.Edit edit, Optional<NativeId> ghost, Resolved resolved, Duration window, List<Loss> losses) {
        Post post = edit.post();
        Slot first = first(post);
        Optional<NativeId> here = resolved.objectHere(post.id()).map(copy -> copy.id());
        Optional<RepoPath> before = here.flatMap(Writes::path);
        boolean chosen = resolved.choices().edits().equals(Optional.of(Edits.REPLACE));
        boolean soon = !edit.at().isAfter(post.published().plus(window));
        if (!chosen || !soon || ghost.isEmpty() || before.isEmpty()) {
            return again(post, resolved);
        }
        String source = first.source() + "@" + edit.id().key();
        RepoPath path = new RepoPath(new Nsid(Lexicons.POST), RecordKeys.of(post.published(), source));
        NativeId now = Writes.uri(ghost.get(), path);
        if (resolved.object(post.id())
                .map(Resolved.Post::parts)
                .orElse(Set.of())
                .contains(now)) {
            throw new Uncrossable("a later edit is there already");
        }
        losses.add(new Loss("edit", "the post is taken back and written anew; likes and answers stay behind"));
        return new Slot(path, source, here.filter(copy -> !copy.equals(now)));
    }
}
