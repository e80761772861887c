package dev.drawbridge.mongo.embedded;

import java.util.Arrays;
import java.util.HexFormat;

/// Bytes that sort as the values they stand for. See [KeyWriter].
record Key(byte[] bytes) implements Comparable<Key> {
    /// Before every key.
    static final Key FIRST = new Key(new byte[0]);

    /// The key of `bytes` followed by those of `other`.
    Key then(Key other) {
        byte[] both = Arrays.copyOf(bytes, bytes.length + other.bytes.length);
        System.arraycopy(other.bytes, 0, both, bytes.length, other.bytes.length);
        return new Key(both);
    }

    /// After every key that begins with this one.
    Key end() {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = (byte) 0xff;
        return new Key(longer);
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
