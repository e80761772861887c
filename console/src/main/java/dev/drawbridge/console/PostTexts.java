package dev.drawbridge.console;

import dev.drawbridge.model.NativeId;
import java.util.Optional;

/// What a post says, where the one who runs the page has a right to know. A bridge keeps no texts: usually nobody does.
@FunctionalInterface
public interface PostTexts {
    PostTexts UNKNOWN = _ -> Optional.empty();

    Optional<String> text(NativeId post);
}
