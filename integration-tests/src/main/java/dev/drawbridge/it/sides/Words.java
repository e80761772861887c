package dev.drawbridge.it.sides;

import java.util.Optional;

/// What somebody writes; each network's own form is made by its side.
///
/// @param text the beginning
/// @param mention who is addressed
/// @param link an address
/// @param hashtag without `#`
public record Words(String text, Optional<Named> mention, Optional<String> link, Optional<String> hashtag) {
    /// Somebody addressed.
    ///
    /// @param id on the writer's network
    /// @param handle as it is shown there
    public record Named(String id, String handle) {}

    public static Words of(String text) {
        return new Words(text, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Words mentioning(String id, String handle) {
        return new Words(text, Optional.of(new Named(id, handle)), link, hashtag);
    }

    public Words linking(String uri) {
        return new Words(text, mention, Optional.of(uri), hashtag);
    }

    public Words tagged(String tag) {
        return new Words(text, mention, link, Optional.of(tag));
    }
}
