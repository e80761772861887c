package dev.drawbridge.nostr.negentropy;

import java.util.Arrays;

/// Where a range ends: before the first item that is not less than this.
///
/// @param createdAt seconds since 1970, [#INFINITY] for the end of everything
/// @param prefix the first 0 to 32 bytes of an id; what is missing counts as zero
record Bound(long createdAt, byte[] prefix) {
    static final long INFINITY = Long.MAX_VALUE;
    static final Bound START = new Bound(0, new byte[0]);
    static final Bound END = new Bound(INFINITY, new byte[0]);

    /// The shortest one that parts two neighbours.
    static Bound between(ItemSet items, int first, int second) {
        long time = items.createdAt(second);
        if (items.createdAt(first) != time) {
            return new Bound(time, new byte[0]);
        }
        byte[] before = items.id(first);
        byte[] after = items.id(second);
        return new Bound(time, Arrays.copyOf(after, Arrays.mismatch(before, after) + 1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bound(long time, byte[] start) && createdAt == time && Arrays.equals(prefix, start);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(createdAt) + Arrays.hashCode(prefix);
    }

    @Override
    public String toString() {
        return createdAt + ":" + java.util.HexFormat.of().formatHex(prefix);
    }
}
