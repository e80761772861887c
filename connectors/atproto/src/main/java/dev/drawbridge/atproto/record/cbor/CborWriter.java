package dev.drawbridge.atproto.record.cbor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes single DAG-CBOR items in their shortest form. Whoever writes a map puts its keys in order: shorter first,
/// then bytewise. [DagCbor] does that for any [Data]; use this for objects of a fixed shape.
///
/// Spec: [DAG-CBOR](https://ipld.io/specs/codecs/dag-cbor/spec/)
public final class CborWriter {
    private byte[] buffer;
    private int length;

    public CborWriter() {
        this(256);
    }

    /// @param capacity bytes to begin with; it grows
    public CborWriter(int capacity) {
        buffer = new byte[Math.max(capacity, 16)];
    }

    public CborWriter map(int fields) {
        return head(Major.MAP, fields);
    }

    public CborWriter array(int items) {
        return head(Major.ARRAY, items);
    }

    public CborWriter text(String value) {
        return utf8(value.getBytes(StandardCharsets.UTF_8));
    }

    public CborWriter bytes(byte[] value) {
        return bytes(value, 0, value.length);
    }

    public CborWriter bytes(byte[] source, int from, int count) {
        return head(Major.BYTES, count).raw(source, from, count);
    }

    public CborWriter integer(long value) {
        return value >= 0 ? head(Major.UNSIGNED, value) : head(Major.NEGATIVE, -1 - value);
    }

    public CborWriter bool(boolean value) {
        return single(value ? Major.TRUE : Major.FALSE);
    }

    public CborWriter nothing() {
        return single(Major.NULL);
    }

    public CborWriter link(Cid cid) {
        head(Major.TAG, Major.LINK_TAG).head(Major.BYTES, Cid.LENGTH + 1).single(0);
        return raw(cid.rawBytes(), 0, Cid.LENGTH);
    }

    /// What was written so far.
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    CborWriter utf8(byte[] text) {
        return head(Major.TEXT, text.length).raw(text, 0, text.length);
    }

    CborWriter raw(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, buffer, length, count);
        length += count;
        return this;
    }

    private CborWriter single(int value) {
        reserve(1);
        buffer[length++] = (byte) value;
        return this;
    }

    private CborWriter head(int major, long argument) {
        reserve(9);
        int top = major << 5;
        if (argument < 24) {
            buffer[length++] = (byte) (top | (int) argument);
        } else if (argument < 1L << 8) {
            buffer[length++] = (byte) (top | 24);
            bigEndian(argument, 1);
        } else if (argument < 1L << 16) {
            buffer[length++] = (byte) (top | 25);
            bigEndian(argument, 2);
        } else if (argument < 1L << 32) {
            buffer[length++] = (byte) (top | 26);
            bigEndian(argument, 4);
        } else {
            buffer[length++] = (byte) (top | 27);
            bigEndian(argument, 8);
        }
        return this;
    }

    private void bigEndian(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            buffer[length++] = (byte) (value >>> 8 * i);
        }
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, more)));
        }
    }
}
