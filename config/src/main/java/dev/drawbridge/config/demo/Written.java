package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.Optional;

/// What the sample person of a shore wrote there.
///
/// @param edited whether it said something else before
record Written(NativeId id, Draft draft, Instant at, boolean edited) {
    static Written of(NativeId id, Draft draft, Instant at) {
        return new Written(id, draft, at, false);
    }

    String text() {
        return draft.text();
    }

    /// What it answers, as that shore names it.
    Optional<NativeId> parent() {
        return draft.parent();
    }

    Written saying(String other) {
        return new Written(id, draft.withText(other), at, true);
    }
}
