package dev.drawbridge.nostr.negentropy;

import dev.drawbridge.nostr.event.EventId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/// Reads a message of the other side.
final class FrameReader {
    private static final int LONGEST_NUMBER = 9;

    /// What the other side sent is not what it should be. Never leaves this package.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String detail) {
            super(detail, null, false, false);
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    private final byte[] bytes;
    private int at;
    private long lastTime;

    FrameReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    int oneByte() {
        return raw(1)[0] & 0xff;
    }

    byte[] raw(long length) {
        if (length > bytes.length - at) {
            throw new Refused("the message ends too early");
        }
        byte[] part = Arrays.copyOfRange(bytes, at, at + (int) length);
        at += (int) length;
        return part;
    }

    long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            int digit = oneByte();
            value = value << 7 | (digit & 0x7f);
            if (digit < 0x80) {
                return value;
            }
        }
        throw new Refused("a number is too large");
    }

    Bound bound() {
        lastTime = time(varint());
        long length = varint();
        if (length > ItemSet.ID) {
            throw new Refused("a bound is longer than an id");
        }
        return new Bound(lastTime, raw(length));
    }

    private long time(long encoded) {
        if (encoded == 0 || encoded - 1 >= Bound.INFINITY - lastTime) {
            return Bound.INFINITY;
        }
        return lastTime + encoded - 1;
    }

    Mode mode() {
        long mode = varint();
        if (mode >= Mode.values().length) {
            throw new Refused("unknown mode " + mode);
        }
        return Mode.values()[(int) mode];
    }

    Set<EventId> ids() {
        long count = varint();
        if (count > bytes.length / ItemSet.ID) {
            throw new Refused("the message ends too early");
        }
        Set<EventId> ids = new LinkedHashSet<>();
        for (long i = 0; i < count; i++) {
            ids.add(ItemSet.id(raw(ItemSet.ID)));
        }
        return ids;
    }
}
