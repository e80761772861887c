package dev.drawbridge.atproto.record.block;

import dev.drawbridge.atproto.record.cbor.CborWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.Varint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Writes CAR version 1, block by block. Give it a buffered stream; it closes nothing.
///
/// Spec: [CAR v1](https://ipld.io/specs/transport/car/carv1/)
public final class CarWriter {
    private final OutputStream out;

    /// Writes the header.
    ///
    /// @param root the commit, as files of this network have one root
    /// @throws UncheckedIOException if the stream fails
    public CarWriter(OutputStream out, Cid root) {
        this(out, List.of(root));
    }

    private CarWriter(OutputStream out, List<Cid> roots) {
        this.out = out;
        CborWriter header = new CborWriter().map(2).text("roots").array(roots.size());
        roots.forEach(header::link);
        byte[] bytes = header.text("version").integer(1).toBytes();
        write(Varint.encode(bytes.length), bytes);
    }

    /// Writes one block. The caller sees to it that the commit comes first and that no block is repeated.
    ///
    /// @throws UncheckedIOException if the stream fails
    public void write(Cid cid, byte[] bytes) {
        write(Varint.encode((long) Cid.LENGTH + bytes.length), cid.bytes());
        write(bytes);
    }

    /// A whole file in memory, with the root's block first if it is among `blocks`.
    public static byte[] toBytes(Cid root, BlockMap blocks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, root);
        blocks.get(root).ifPresent(bytes -> writer.write(root, bytes));
        blocks.forEach((cid, bytes) -> {
            if (!cid.equals(root)) {
                writer.write(cid, bytes);
            }
        });
        return out.toByteArray();
    }

    /// A whole file in memory that says of no block where to begin.
    public static byte[] toBytes(BlockMap blocks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        blocks.forEach(new CarWriter(out, List.of())::write);
        return out.toByteArray();
    }

    private void write(byte[]... parts) {
        try {
            for (byte[] part : parts) {
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
