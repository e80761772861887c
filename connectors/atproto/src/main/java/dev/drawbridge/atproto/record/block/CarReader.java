package dev.drawbridge.atproto.record.block;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.CborLimits;
import dev.drawbridge.atproto.record.cbor.CborReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Reads CAR version 1. Blocks may come in any order and more than once; every one is checked against its CID.
///
/// Spec: [CAR v1](https://ipld.io/specs/transport/car/carv1/),
/// [CAR in atproto](https://atproto.com/specs/repository#car-file-serialization)
public final class CarReader {
    private static final int MAX_HEADER = 4096;

    /// Takes one checked block after the other.
    @FunctionalInterface
    public interface BlockSink {
        void accept(Cid cid, byte[] bytes);
    }

    private final InputStream in;
    private final CarLimits limits;
    private long taken;

    private CarReader(InputStream in, CarLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// Reads a whole file into memory.
    ///
    /// @throws MalformedData if it is not a sound CAR file within `limits`
    public static CarFile read(byte[] car, CarLimits limits) {
        BlockMap blocks = new BlockMap();
        List<Cid> roots = read(new ByteArrayInputStream(car), limits, blocks::put);
        return new CarFile(roots, blocks);
    }

    /// Reads a stream block by block; memory stays that of one block. Does not close it.
    ///
    /// @return the roots that the header names
    /// @throws MalformedData if it is not a sound CAR file within `limits`; earlier blocks were handed over
    /// @throws UncheckedIOException if the stream fails
    public static List<Cid> read(InputStream in, CarLimits limits, BlockSink sink) {
        try {
            return new CarReader(in, limits).read(sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Cid> read(BlockSink sink) throws IOException {
        long headerLength = varint();
        if (headerLength < 0) {
            throw new MalformedData("CAR is empty");
        }
        List<Cid> roots = header(exactly(headerLength, MAX_HEADER));
        int blocks = 0;
        for (long length = varint(); length >= 0; length = varint()) {
            if (++blocks > limits.maxBlocks()) {
                throw new MalformedData("CAR has more than " + limits.maxBlocks() + " blocks");
            }
            if (length < Cid.LENGTH) {
                throw new MalformedData("CAR section is too short for a CID");
            }
            Cid cid = Cid.fromBytes(exactly(Cid.LENGTH, Cid.LENGTH));
            byte[] bytes = exactly(length - Cid.LENGTH, limits.maxBlockBytes());
            if (!cid.matches(bytes)) {
                throw new MalformedData("CAR block does not hash to its CID " + cid);
            }
            sink.accept(cid, bytes);
        }
        return roots;
    }

    private static List<Cid> header(byte[] bytes) {
        CborReader reader = new CborReader(bytes, CborLimits.RECORD);
        if (reader.map() != 2) {
            throw new MalformedData("CAR header is not {roots, version}");
        }
        reader.key("roots");
        int count = reader.array();
        List<Cid> roots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            roots.add(reader.link());
        }
        reader.key("version");
        if (reader.integer() != 1) {
            throw new MalformedData("CAR is not version 1");
        }
        reader.end();
        return roots;
    }

    private byte[] exactly(long length, int limit) throws IOException {
        if (length > limit) {
            throw new MalformedData("CAR part of " + length + " bytes, limit " + limit);
        }
        count(length);
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length != length) {
            throw new MalformedData("CAR ends early");
        }
        return bytes;
    }

    /// The next number, or -1 at the end of the stream.
    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int b = in.read();
            if (b < 0) {
                if (shift == 0) {
                    return -1;
                }
                throw new MalformedData("CAR ends early");
            }
            count(1);
            value |= (b & 0x7fL) << shift;
            if (b < 0x80) {
                if (b == 0 && shift > 0) {
                    throw new MalformedData("CAR length is not in its shortest form");
                }
                return value;
            }
        }
        throw new MalformedData("CAR length is too long");
    }

    private void count(long more) {
        taken += more;
        if (taken > limits.maxBytes()) {
            throw new MalformedData("CAR is longer than " + limits.maxBytes() + " bytes");
        }
    }
}
