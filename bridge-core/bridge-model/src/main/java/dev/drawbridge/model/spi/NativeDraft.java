package dev.drawbridge.model.spi;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a network will be told, before it is signed: a function of the activity alone, so that a retry says the same
/// thing.
///
/// @param ghost who says it; empty only where nothing was resolved (`translate` on the command line)
/// @param copy the id the copy will have, where the activity makes one; its version if it is known before delivery
/// @param documents JSON documents in the network's own form, in the order they apply
/// @param parts ids of what the copy consists of beside `copy`: they stand for the original too, and go with it
public record NativeDraft(
        Optional<NativeId> ghost, Optional<ObjectRef> copy, List<String> documents, Set<NativeId> parts) {
    public NativeDraft {
        documents = List.copyOf(documents);
        parts = Set.copyOf(parts);
    }

    /// One whose copy is one thing.
    public NativeDraft(Optional<NativeId> ghost, Optional<ObjectRef> copy, List<String> documents) {
        this(ghost, copy, documents, Set.of());
    }
}
