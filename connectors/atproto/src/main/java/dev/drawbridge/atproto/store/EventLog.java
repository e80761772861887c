package dev.drawbridge.atproto.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The event stream at rest.
interface EventLog {
    /// Takes numbers that nobody else ever gets, also not after a crash.
    ///
    /// @return the first of `count`
    long reserve(int count);

    /// Stores an event under its number and its key. Both are unique.
    ///
    /// @return false if the number or the key is taken
    boolean insert(StoredEvent event, String key, Instant time);

    /// Fills a number with nothing, so that nothing can arrive there late.
    ///
    /// @return false if the number is taken
    boolean fill(long seq, Instant time);

    Optional<StoredEvent> bySeq(long seq);

    Optional<StoredEvent> byKey(String key);

    /// Events behind `seq`, in order.
    List<StoredEvent> after(long seq, int limit);

    /// The highest number of an event; 0 if there never was one.
    long highest();

    /// Every event up to this number may be gone.
    long prunedUpTo();

    /// Removes events from before `time`.
    void prune(Instant time);
}
