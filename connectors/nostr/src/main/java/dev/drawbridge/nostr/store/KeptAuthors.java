package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.PublicKey;
import java.time.Instant;
import java.util.List;

/// Of whom our relay keeps what they said because they opted in: who leaves takes it along, even if the bridge was not
/// running, or fell over, at that moment.
public interface KeptAuthors {
    /// @param since when something of theirs was first kept
    record Kept(PublicKey author, Instant since) {}

    /// Notes that something by `author` is about to be kept. Does nothing if that is known.
    void add(PublicKey author, Instant now);

    /// Nothing of theirs is kept any more.
    void remove(PublicKey author);

    List<Kept> all();
}
