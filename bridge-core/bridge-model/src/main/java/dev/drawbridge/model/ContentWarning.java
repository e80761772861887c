package dev.drawbridge.model;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// A warning the reader sees before the content.
///
/// @param reason the author's words; may be empty where the source only marks the post as sensitive
/// @param labels what the author said it is, in the words that networks agree on; empty if they did not say. Never
/// guessed from the reason.
public record ContentWarning(String reason, Set<Label> labels) {
    /// Kinds of content that readers hide by a setting. Source: the global label values of
    /// [AT Protocol](https://atproto.com/specs/label#global-label-values).
    public enum Label {
        /// Violence, gore.
        GRAPHIC_MEDIA,
        /// Nudity that is not sexual.
        NUDITY,
        /// Suggestive, less than pornographic.
        SEXUAL,
        PORN
    }

    public ContentWarning {
        labels = Collections.unmodifiableSet(new TreeSet<>(labels));
    }

    /// One in words alone.
    public ContentWarning(String reason) {
        this(reason, Set.of());
    }
}
