package dev.drawbridge.nostr.store;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.List;
import java.util.Optional;

/// The ghosts and bots on Nostr. Unique by key, by origin and by name.
public interface Presentations {
    /// Stores a ghost unless its origin has one.
    ///
    /// @return what is stored for that origin now; empty if the name belongs to somebody else
    Optional<Presentation> claim(Presentation presentation);

    Optional<Presentation> byKey(PublicKey key);

    Optional<Presentation> byOrigin(NativeId origin);

    Optional<Presentation> byName(String name);

    List<Presentation> bots();
}
