package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.Optional;

/// What came to a shore from elsewhere, as the shore's own software took it: signatures and hashes are checked.
///
/// @param id of the post, or of the follower for a follow
/// @param author who it is by, as this shore names them
/// @param text as a reader sees it; empty for a follow
/// @param target the answered post, or the followed person
/// @param document what was received, as JSON
record Sighting(
        Kind kind,
        NativeId id,
        NativeId author,
        String text,
        Optional<NativeId> target,
        Optional<String> version,
        String document,
        Instant at) {
    enum Kind {
        POST,
        FOLLOW
    }

    static Sighting follow(NativeId follower, NativeId followed, String document, Instant at) {
        return new Sighting(Kind.FOLLOW, follower, follower, "", Optional.of(followed), Optional.empty(), document, at);
    }
}
