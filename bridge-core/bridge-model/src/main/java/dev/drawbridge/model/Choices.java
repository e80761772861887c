package dev.drawbridge.model;

import java.util.Optional;

/// How an author wants their posts carried, where a network leaves a choice. What is empty is as the operator set it.
///
/// @param longPosts how a text is shown that is longer than the network takes
/// @param edits what becomes of a copy when its original is edited
public record Choices(Optional<LongPosts> longPosts, Optional<Edits> edits) {
    public static final Choices NONE = new Choices(Optional.empty(), Optional.empty());

    /// What becomes of a text that is longer than a network takes.
    public enum LongPosts {
        /// Its start, and a link to the rest.
        CARD,
        /// All of it, in posts that answer each other.
        THREAD
    }

    /// What becomes of an edit on a network whose readers do not see that a post changed.
    public enum Edits {
        /// The copy stays, with its answers. Where it cannot change, a note below it says how it reads now.
        IN_PLACE,
        /// Soon after it was written, the copy is taken back and written anew.
        REPLACE
    }

    public Choices withLongPosts(LongPosts chosen) {
        return new Choices(Optional.of(chosen), edits);
    }

    public Choices withEdits(Edits chosen) {
        return new Choices(longPosts, Optional.of(chosen));
    }

    /// What is empty here as it is there.
    public Choices or(Choices others) {
        return new Choices(longPosts.or(others::longPosts), edits.or(others::edits));
    }
}
