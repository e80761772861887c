package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What a post from elsewhere shows beside its text.
///
/// @param quoted the post that it shows, as the shore names it
/// @param choices of a poll
record Shown(Optional<String> warning, List<Picture> pictures, Optional<NativeId> quoted, List<String> choices) {
    static final Shown NOTHING = new Shown(Optional.empty(), List.of(), Optional.empty(), List.of());

    Shown {
        pictures = List.copyOf(pictures);
        choices = List.copyOf(choices);
    }

    /// @param alt may be empty
    record Picture(URI url, String alt) {}
}
