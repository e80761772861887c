package dev.drawbridge.nostr.event;

import java.util.Optional;

/// The id of an event: SHA-256 over its canonical form ([NIP-01](https://nips.nostr.com/1)).
///
/// @param hex 64 lower-case hexadecimal characters
public record EventId(String hex) implements Comparable<EventId> {
    public EventId {
        if (!Hex.is(hex, 64)) {
            throw new IllegalArgumentException("not an event id: " + hex);
        }
    }

    /// Reads what somebody else wrote.
    public static Optional<EventId> tryParse(String text) {
        return Hex.is(text, 64) ? Optional.of(new EventId(text)) : Optional.empty();
    }

    static EventId of(byte[] sha256) {
        return new EventId(Hex.of(sha256));
    }

    public byte[] bytes() {
        return Hex.bytes(hex);
    }

    @Override
    public int compareTo(EventId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
