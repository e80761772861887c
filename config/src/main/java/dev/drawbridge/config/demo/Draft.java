package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import java.util.List;
import java.util.Optional;

/// What somebody puts into a post.
///
/// @param parent what it answers, as the shore names it
/// @param quoted what it shows, as the shore names it
/// @param warning what readers are warned of
/// @param alt what is on the picture, for those who do not see it; without it there is no picture
/// @param choices of a poll; none if it is no poll
record Draft(
        String text,
        Optional<NativeId> parent,
        Optional<NativeId> quoted,
        Optional<String> warning,
        Optional<String> alt,
        List<String> choices) {
    Draft {
        choices = List.copyOf(choices);
    }

    static Draft of(String text, Optional<NativeId> parent) {
        return new Draft(text, parent, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    Draft withText(String other) {
        return new Draft(other, parent, quoted, warning, alt, choices);
    }
}
