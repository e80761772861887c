package dev.drawbridge.activitypub.store;

import java.time.Instant;

/// Something one of our actors said that others may ask for: a note, a like, an announce, a follow.
///
/// @param id its address
/// @param actor who said it
/// @param type its type in Activity Streams
/// @param json the document without `@context`; empty once it is gone
/// @param version when this version was made: an older one never replaces a newer one
/// @param at when it was published
/// @param listed whether it shows in the outbox
/// @param gone whether it was taken back
public record Utterance(
        String id, String actor, String type, String json, Instant version, Instant at, boolean listed, boolean gone) {
    /// Its place in the outbox: by time, and by id where two were said at once.
    public String order() {
        return "%015d %s".formatted(at.toEpochMilli(), id);
    }
}
