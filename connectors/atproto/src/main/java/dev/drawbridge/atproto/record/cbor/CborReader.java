package dev.drawbridge.atproto.record.cbor;

import dev.drawbridge.atproto.record.MalformedData;
import java.util.Arrays;

/// Reads single DAG-CBOR items and refuses every form but the canonical one. For objects of a fixed shape; for anything
/// else there is [DagCbor]. Every method throws [MalformedData] if the next item is not what was asked for.
///
/// Spec: [DAG-CBOR, strictness](https://ipld.io/specs/codecs/dag-cbor/spec/#strictness)
public final class CborReader {
    private final byte[] source;
    private final CborLimits limits;
    private int at;

    /// @throws MalformedData if the input is larger than `limits` allow
    public CborReader(byte[] source, CborLimits limits) {
        if (source.length > limits.maxBytes()) {
            throw new MalformedData("CBOR of " + source.length + " bytes, limit " + limits.maxBytes());
        }
        this.source = source;
        this.limits = limits;
    }

    /// Where the next item starts.
    public int position() {
        return at;
    }

    public boolean atEnd() {
        return at == source.length;
    }

    /// @throws MalformedData if anything is left
    public void end() {
        if (!atEnd()) {
            throw new MalformedData("bytes after the CBOR item at " + at);
        }
    }

    /// The number of fields of the map that starts here.
    public int map() {
        // A field takes two bytes at least, so a claim of more is refused before anything is allocated.
        return count(Major.MAP, 2);
    }

    /// The number of items of the array that starts here.
    public int array() {
        return count(Major.ARRAY, 1);
    }

    public String text() {
        int count = count(Major.TEXT);
        String text = Utf8.decode(source, at, count);
        at += count;
        return text;
    }

    /// Reads a map key and refuses any other than `name`.
    public void key(String name) {
        String key = text();
        if (!key.equals(name)) {
            throw new MalformedData("expected field " + name + " at " + at);
        }
    }

    public byte[] bytes() {
        int count = count(Major.BYTES);
        at += count;
        return Arrays.copyOfRange(source, at - count, at);
    }

    public long integer() {
        int major = major();
        if (major != Major.UNSIGNED && major != Major.NEGATIVE) {
            throw new MalformedData("expected an integer at " + at);
        }
        long argument = argument();
        if (argument < 0) {
            throw new MalformedData("integer beyond 64 bits at " + at);
        }
        return major == Major.UNSIGNED ? argument : -1 - argument;
    }

    public boolean bool() {
        int head = peek();
        if (head != Major.TRUE && head != Major.FALSE) {
            throw new MalformedData("expected a boolean at " + at);
        }
        at++;
        return head == Major.TRUE;
    }

    /// Skips a null if one is next.
    ///
    /// @return whether it was
    public boolean nothing() {
        if (peek() != Major.NULL) {
            return false;
        }
        at++;
        return true;
    }

    public Cid link() {
        if (major() != Major.TAG || argument() != Major.LINK_TAG) {
            throw new MalformedData("expected a link at " + at);
        }
        int count = count(Major.BYTES);
        if (count == 0 || source[at] != 0) {
            throw new MalformedData("link without its leading zero byte at " + at);
        }
        Cid cid = Cid.fromBytes(source, at + 1, count - 1);
        at += count;
        return cid;
    }

    /// The bytes of a text, not yet checked to be UTF-8.
    byte[] utf8(int maxBytes) {
        int count = count(Major.TEXT);
        if (count > maxBytes) {
            throw new MalformedData("text of " + count + " bytes where " + maxBytes + " are allowed");
        }
        at += count;
        return Arrays.copyOfRange(source, at - count, at);
    }

    /// The major type of the next item, which stays unread.
    int major() {
        return peek() >>> 5;
    }

    /// The first byte of the next item, which stays unread.
    int peek() {
        if (at >= source.length) {
            throw new MalformedData("CBOR ends early");
        }
        return source[at] & 255;
    }

    private int count(int major, int bytesEach) {
        if (major() != major) {
            throw new MalformedData("expected another type at " + at);
        }
        long count = argument();
        if (count < 0 || count > limits.maxItems() || count * bytesEach > source.length - at) {
            throw new MalformedData("container is larger than its input or the limit at " + at);
        }
        return (int) count;
    }

    private int count(int major) {
        if (major() != major) {
            throw new MalformedData("expected another type at " + at);
        }
        long count = argument();
        if (count < 0 || count > source.length - at) {
            throw new MalformedData("CBOR ends early");
        }
        return (int) count;
    }

    /// Reads the head of an item; as an unsigned number, so that a negative answer means 2^63 or more.
    private long argument() {
        int info = peek() & 31;
        at++;
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw new MalformedData("indefinite length or reserved head at " + (at - 1));
        }
        int width = 1 << info - 24;
        if (width > source.length - at) {
            throw new MalformedData("CBOR ends early");
        }
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | source[at++] & 255;
        }
        boolean shortest = width == 1 ? value >= 24 : value >>> 4 * width != 0;
        if (!shortest) {
            throw new MalformedData("number is not in its shortest form at " + (at - width - 1));
        }
        return value;
    }
}
