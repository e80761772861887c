package dev.drawbridge.model;

import java.util.Optional;

/// How an author wants their posts carried, where a network leaves a choice. What is empty is as the operator set it.
///
/// @param longPosts how a text is shown that is longer than the network takes
public record Choices(Optional<LongPosts> longPosts) {
    public static final Choices NONE = new Choices(Optional.empty());

    /// What becomes of a text that is longer than a network takes.
    public enum LongPosts {
        /// Its start, and a link to the rest.
        CARD,
        /// All of it, in posts that answer each other.
        THREAD
    }

    public static Choices of(LongPosts longPosts) {
        return new Choices(Optional.of(longPosts));
    }

    /// What is empty here as it is there.
    public Choices or(Choices others) {
        return new Choices(longPosts.or(others::longPosts));
    }
}
