package dev.drawbridge.atproto.record.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes bytes that are almost right out of bytes that are.
final class Mutator {
    private static final int MOST_CHANGES = 4;
    private static final int MOST_INSERTED = 64;

    /// Values at the ends of ranges, and first bytes of every kind of CBOR item.
    private static final int[] INTERESTING = {
        0x00, 0x01, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1f, 0x20, 0x3b, 0x40, 0x5b, 0x5f, 0x60, 0x7b, 0x7f, 0x80, 0x9b,
        0x9f, 0xa0, 0xa1, 0xbb, 0xbf, 0xc0, 0xd8, 0x2a, 0xf4, 0xf6, 0xf7, 0xf9, 0xfa, 0xfb, 0xff
    };

    private final RandomGenerator random;
    private final List<byte[]> corpus;

    Mutator(RandomGenerator random, List<byte[]> corpus) {
        this.random = random;
        this.corpus = List.copyOf(corpus);
    }

    byte[] next() {
        byte[] bytes = corpus.get(random.nextInt(corpus.size())).clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(7)) {
            case 0 -> with(bytes, at, bytes[at] ^ (1 << random.nextInt(8)));
            case 1 -> with(bytes, at, random.nextInt(256));
            case 2 -> with(bytes, at, INTERESTING[random.nextInt(INTERESTING.length)]);
            case 3 -> cut(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(MOST_INSERTED)));
            case 4 -> inserted(bytes, at, some());
            case 5 -> Arrays.copyOf(bytes, at);
            default -> spliced(bytes, at);
        };
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return bytes;
    }

    private byte[] some() {
        byte[] some = new byte[1 + random.nextInt(MOST_INSERTED)];
        if (random.nextBoolean()) {
            Arrays.fill(some, (byte) INTERESTING[random.nextInt(INTERESTING.length)]);
        } else {
            random.nextBytes(some);
        }
        return some;
    }

    private static byte[] cut(byte[] bytes, int from, int to) {
        byte[] rest = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(bytes, at, longer, at + more.length, bytes.length - at);
        return longer;
    }

    private byte[] spliced(byte[] bytes, int at) {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        byte[] both = Arrays.copyOf(bytes, at + other.length - from);
        System.arraycopy(other, from, both, at, other.length - from);
        return both;
    }
}
