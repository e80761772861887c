package dev.drawbridge.activitypub.store;

import java.time.Instant;
import java.util.Optional;

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
/// @param about what it answers, likes or shares
public record Utterance(
        String id,
        String actor,
        String type,
        String json,
        Instant version,
        Instant at,
        boolean listed,
        boolean gone,
        Optional<String> about) {
    /// What it is to what it is about.
    public enum Role {
        REPLY,
        LIKE,
        SHARE,
        /// An activity that nobody looks up by what it is about.
        OTHER;

        static Role of(String type) {
            return switch (type) {
                case "Like", "EmojiReact" -> LIKE;
                case "Announce" -> SHARE;
                case "Follow", "QuoteRequest" -> OTHER;
                default -> REPLY;
            };
        }
    }

    /// One that is about nothing.
    public Utterance(
            String id,
            String actor,
            String type,
            String json,
            Instant version,
            Instant at,
            boolean listed,
            boolean gone) {
        this(id, actor, type, json, version, at, listed, gone, Optional.empty());
    }

    public Utterance about(Optional<String> what) {
        return new Utterance(id, actor, type, json, version, at, listed, gone, what);
    }

    public Role role() {
        return Role.of(type);
    }

    /// Whether it is a thing that a `Create` brought, and not an activity itself.
    public boolean isObject() {
        return role() == Role.REPLY;
    }

    /// Its place in the outbox: by time, and by id where two were said at once.
    public String order() {
        return "%015d %s".formatted(at.toEpochMilli(), id);
    }
}
