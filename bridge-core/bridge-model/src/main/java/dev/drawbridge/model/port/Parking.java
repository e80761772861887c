package dev.drawbridge.model.port;

import dev.drawbridge.model.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Deliveries that wait, in order, with a reason and a next time. Unique by delivery id.
public interface Parking {
    /// A delivery that waits.
    ///
    /// @param delivery what waits
    /// @param key what it waits for: a destination or an object. Items of one key leave in the order they came
    /// @param subject the object it is about and the network it goes to; later ones about it wait behind it
    /// @param reason for a person to read
    /// @param attempts how often it was postponed while it was the head of its key
    /// @param since when it was first parked
    /// @param sequence its place among those of its key
    record Parked(
            Delivery delivery, String key, String subject, String reason, int attempts, Instant since, long sequence) {}

    /// What waits behind one key.
    ///
    /// @param reason of its head
    /// @param attempts of its head
    /// @param since when the key began to hold something
    /// @param next when its head is tried again
    record Queue(String key, long size, String reason, int attempts, Instant since, Instant next) {}

    /// Puts a delivery at the end of its key. Doing it twice leaves the first in place, whatever the
    /// key. A key that holds nothing yet
    /// becomes due at `next`; a key that does keeps its time.
    void park(Delivery delivery, String key, String subject, String reason, Instant now, Instant next);

    /// Puts a delivery that waits at the end of another key, as if it were parked there; it waits behind one of the two
    /// at every moment. Does nothing if it is not there.
    void move(Parked parked, String key, String reason, Instant next);

    /// Whether anything waits behind `key`.
    boolean holdsKey(String key);

    /// Those of `keys` behind which something waits.
    Set<String> holding(Set<String> keys);

    /// The key behind which something about `subject` waits.
    Optional<String> keyOfSubject(String subject);

    /// Keys whose time has come, the longest waiting (the earliest `since`) first.
    List<Queue> due(Instant now, int limit);

    /// The delivery that is next for `key`.
    Optional<Parked> head(String key);

    /// Takes a delivery out. Does nothing if it is not there.
    void remove(String deliveryId);

    /// Sets when a key is tried again, and counts an attempt of its head. Does nothing if the key holds nothing.
    void postpone(String key, String reason, Instant next);

    /// Makes a key due now: what it waits for has come.
    void release(String key, Instant now);

    long count();

    /// The longest queues, the longest first. Changes nothing.
    List<Queue> queues(int limit);
}
