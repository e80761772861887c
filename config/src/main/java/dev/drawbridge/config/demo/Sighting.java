package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.Optional;

/// What came to a shore from elsewhere, as the shore's own software took it: signatures and hashes are checked.
///
/// @param id of the post, like or repost, or of the follower for a follow
/// @param author who it is by, as this shore names them
/// @param text as a reader sees it; empty for all but posts
/// @param target the answered, liked or shared post, or the followed person
/// @param document what was received, as JSON
/// @param edited whether it said something else before
record Sighting(
        Kind kind,
        NativeId id,
        NativeId author,
        String text,
        Optional<NativeId> target,
        Optional<String> version,
        Shown shown,
        String document,
        Instant at,
        boolean edited) {
    enum Kind {
        POST,
        FOLLOW,
        LIKE,
        REPOST
    }

    static Sighting post(
            NativeId id,
            NativeId author,
            String text,
            Optional<NativeId> parent,
            Optional<String> version,
            Shown shown,
            String document,
            Instant at) {
        return new Sighting(Kind.POST, id, author, text, parent, version, shown, document, at, false);
    }

    static Sighting follow(NativeId follower, NativeId followed, String document, Instant at) {
        return of(Kind.FOLLOW, follower, follower, followed, document, at);
    }

    static Sighting of(Kind kind, NativeId id, NativeId author, NativeId target, String document, Instant at) {
        return new Sighting(
                kind, id, author, "", Optional.of(target), Optional.empty(), Shown.NOTHING, document, at, false);
    }

    /// The same post as it is now: it stays where it was.
    Sighting instead(Sighting now) {
        return new Sighting(kind, id, now.author, now.text, now.target, now.version, now.shown, now.document, at, true);
    }
}
