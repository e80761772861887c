package dev.drawbridge.model;

/// An identifier that only its own network's connector may take apart: an actor URI, a public key in hex, a DID, an
/// object URI, an event id, an at:// URI.
///
/// @param network the network whose grammar `value` follows
/// @param value the identifier exactly as that network writes it; never blank
public record NativeId(Network network, String value) implements Comparable<NativeId> {
    public NativeId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank id on " + network);
        }
    }

    /// One string for keys and logs: `network|value`. The inverse is [#parse(String)].
    public String key() {
        return network.name() + '|' + value;
    }

    /// Reads what [#key()] wrote.
    ///
    /// @throws IllegalArgumentException if `key` was not written by [#key()]
    public static NativeId parse(String key) {
        int bar = key.indexOf('|');
        if (bar < 0) {
            throw new IllegalArgumentException("not an id key: " + key);
        }
        return new NativeId(new Network(key.substring(0, bar)), key.substring(bar + 1));
    }

    @Override
    public int compareTo(NativeId other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return key();
    }
}
