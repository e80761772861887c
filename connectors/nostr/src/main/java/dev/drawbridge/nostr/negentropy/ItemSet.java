package dev.drawbridge.nostr.negentropy;

import dev.drawbridge.nostr.event.EventId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;

/// The set of one side, sorted: 40 bytes an event, and it does not change.
public final class ItemSet {
    static final int ID = 32;
    static final int FINGERPRINT = 16;
    private static final int WORDS = ID / Integer.BYTES;

    private final long[] times;
    private final byte[] ids;

    private ItemSet(long[] times, byte[] ids) {
        this.times = times;
        this.ids = ids;
    }

    /// @param items in any order; the same one twice counts once
    public static ItemSet of(Collection<Item> items) {
        Item[] sorted = items.stream().sorted().distinct().toArray(Item[]::new);
        var times = new long[sorted.length];
        var ids = new byte[sorted.length * ID];
        for (int i = 0; i < sorted.length; i++) {
            times[i] = sorted[i].createdAt();
            System.arraycopy(sorted[i].id().bytes(), 0, ids, i * ID, ID);
        }
        return new ItemSet(times, ids);
    }

    public int size() {
        return times.length;
    }

    long createdAt(int index) {
        return times[index];
    }

    byte[] id(int index) {
        return Arrays.copyOfRange(ids, index * ID, (index + 1) * ID);
    }

    EventId eventId(int index) {
        return id(id(index));
    }

    static EventId id(byte[] bytes) {
        return new EventId(java.util.HexFormat.of().formatHex(bytes));
    }

    /// The first item from `from` on that does not lie below `bound`; [#size()] if there is none.
    int lowerBound(int from, Bound bound) {
        int low = from;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (liesBelow(middle, bound)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean liesBelow(int index, Bound bound) {
        if (times[index] != bound.createdAt()) {
            return times[index] < bound.createdAt();
        }
        int start = index * ID;
        int length = bound.prefix().length;
        return Arrays.compareUnsigned(ids, start, start + length, bound.prefix(), 0, length) < 0;
    }

    /// The sum of the ids from `from` up to `to`, exclusive, as little-endian numbers modulo 2^256, and their count:
    /// the first 16 bytes of the SHA-256 of both.
    byte[] fingerprint(int from, int to) {
        var sum = new long[WORDS];
        for (int i = from; i < to; i++) {
            add(sum, i * ID);
        }
        var out = new FrameWriter();
        for (long word : sum) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                out.oneByte((int) (word >>> shift));
            }
        }
        out.varint(to - from);
        return Arrays.copyOf(sha256(out.bytes()), FINGERPRINT);
    }

    private void add(long[] sum, int start) {
        long carry = 0;
        for (int word = 0; word < WORDS; word++) {
            int at = start + word * Integer.BYTES;
            long value = (ids[at] & 0xffL)
                    | (ids[at + 1] & 0xffL) << 8
                    | (ids[at + 2] & 0xffL) << 16
                    | (ids[at + 3] & 0xffL) << 24;
            long total = sum[word] + value + carry;
            sum[word] = total & 0xffff_ffffL;
            carry = total >>> Integer.SIZE;
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
