package dev.drawbridge.nostr.negentropy;

import java.io.ByteArrayOutputStream;

/// Puts a message together, or a part of one.
final class FrameWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long lastTime;

    FrameWriter() {}

    /// A part that goes on where `before` ends: times are written as differences.
    static FrameWriter after(FrameWriter before) {
        var part = new FrameWriter();
        part.lastTime = before.lastTime;
        return part;
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    FrameWriter oneByte(int value) {
        out.write(value);
        return this;
    }

    FrameWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /// Adds a part made by [#after(FrameWriter)] of this one.
    void append(FrameWriter part) {
        out.writeBytes(part.bytes());
        lastTime = part.lastTime;
    }

    /// Base 128, most significant digit first, the high bit set on all but the last.
    FrameWriter varint(long value) {
        int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
        for (int i = digits - 1; i >= 0; i--) {
            int digit = (int) (value >>> (7 * i)) & 0x7f;
            out.write(i == 0 ? digit : digit | 0x80);
        }
        return this;
    }

    FrameWriter bound(Bound bound) {
        if (bound.createdAt() == Bound.INFINITY) {
            varint(0);
        } else {
            varint(bound.createdAt() - lastTime + 1);
        }
        lastTime = bound.createdAt();
        return varint(bound.prefix().length).raw(bound.prefix());
    }

    FrameWriter range(Bound end, Mode mode) {
        return bound(end).varint(mode.ordinal());
    }
}
