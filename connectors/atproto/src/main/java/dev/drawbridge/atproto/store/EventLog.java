package dev.drawbridge.atproto.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The event stream at rest.
interface EventLog {
    /// An event to be stored.
    ///
    /// @param key the same for the same event, whatever its number
    record Entry(StoredEvent event, String key, Instant time) {}

    /// Stores events in their order, and stops at the first whose number or key is taken: both are unique. If it fails,
    /// some of the first may be stored, and none behind one that is not.
    ///
    /// @return how many were stored
    int insert(List<Entry> events);

    /// Fills a number with nothing, so that nothing can arrive there late.
    ///
    /// @return false if the number is taken
    boolean fill(long seq, Instant time);

    /// Fills every number of a range that is not taken.
    void fillAll(long from, long to, Instant time);

    Optional<StoredEvent> bySeq(long seq);

    Optional<StoredEvent> byKey(String key);

    /// Events behind `seq`, in order.
    List<StoredEvent> after(long seq, int limit);

    /// The number of the newest event; 0 if there never was one.
    long newest();

    /// The highest number that is taken, by an event or by nothing.
    long highest();

    /// How many events there are from a moment on.
    long countSince(Instant time);

    /// Every event up to this number may be gone.
    long prunedUpTo();

    /// Removes events from before `time`.
    void prune(Instant time);
}
