package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import java.util.Optional;

/// A group that passes on what its members do, whole activities inside its `Announce`
/// ([FEP-1b12](https://codeberg.org/fediverse/fep/src/branch/main/fep/1b12/fep-1b12.md); Lemmy, PieFed, NodeBB).
///
/// @param activity what a member did; not to be believed before its origin confirmed it
/// @param confirmAt the id to ask for, on the member's own host
public record GroupAnnounce(As2 activity, String confirmAt) {
    /// Reads an announce that wraps something new or something that is gone. Likes, votes and edits inside are not for
    /// us: who did them tells us themselves if they want us to know.
    ///
    /// @return empty if it is anything else
    public static Optional<GroupAnnounce> read(As2 announce) {
        if (!announce.isA("Announce")) {
            return Optional.empty();
        }
        return announce.object("object")
                .filter(inner -> inner.isA("Create", "Delete"))
                .flatMap(inner -> inner.ref("object")
                        .filter(object -> inner.ref("actor")
                                .filter(actor -> Uris.sameOrigin(object, actor) && !actor.equals(object))
                                .isPresent())
                        .map(object -> new GroupAnnounce(inner, object)));
    }
}
