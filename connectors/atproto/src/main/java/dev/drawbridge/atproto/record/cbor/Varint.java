package dev.drawbridge.atproto.record.cbor;

import dev.drawbridge.atproto.record.MalformedData;
import java.io.ByteArrayOutputStream;

/// Unsigned LEB128 integers as multiformats uses them: at most nine bytes, shortest form only.
///
/// Spec: [unsigned-varint](https://github.com/multiformats/unsigned-varint)
public final class Varint {
    private static final int MAX_LENGTH = 9;

    private Varint() {}

    /// A number, and where the byte after it is.
    public record Read(long value, int next) {}

    /// @throws IllegalArgumentException if `value` is negative
    public static byte[] encode(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(MAX_LENGTH);
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    /// @throws MalformedData if the bytes end too early, or the number is too long or not in its shortest form
    public static Read decode(byte[] bytes, int from) {
        long value = 0;
        for (int i = 0; i < MAX_LENGTH; i++) {
            if (from + i >= bytes.length) {
                throw new MalformedData("varint ends early");
            }
            byte b = bytes[from + i];
            value |= (b & 0x7fL) << 7 * i;
            if (b >= 0) {
                if (b == 0 && i > 0) {
                    throw new MalformedData("varint is not in its shortest form");
                }
                return new Read(value, from + i + 1);
            }
        }
        throw new MalformedData("varint is longer than nine bytes");
    }
}
