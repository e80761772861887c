package dev.drawbridge.atproto.record.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.cbor.CborWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CarTest {
    private final byte[] first = DagCbor.encode(Data.of("first"));
    private final byte[] second = DagCbor.encode(Data.of("second"));
    private final Cid root = Cid.ofCbor(first);
    private final BlockMap blocks =
            new BlockMap().put(Cid.ofCbor(second), second).put(root, first).put(Cid.ofRaw(second), second);

    @Test
    void aFileGoesBothWaysWithItsRootFirst() {
        CarFile file = CarReader.read(CarWriter.toBytes(root, blocks), CarLimits.COMMIT);
        assertThat(file.roots()).containsExactly(root);
        assertThat(file.blocks().cids()).containsExactly(root, Cid.ofCbor(second), Cid.ofRaw(second));
        assertThat(file.blocks().get(root)).contains(first);
    }

    @Test
    void filesOfTheReferenceGoBothWays() {
        for (var vector : Vectors.json("atproto-repo-tests/packages/repo/tests/car-file-fixtures.json")) {
            byte[] car = base64(vector.get("car").asString());
            CarFile file = CarReader.read(car, CarLimits.COMMIT);
            assertThat(file.roots())
                    .containsExactly(Cid.parse(vector.get("root").asString()));
            BlockMap expected = new BlockMap();
            for (var block : vector.get("blocks")) {
                expected.put(
                        Cid.parse(block.get("cid").asString()),
                        base64(block.get("bytes").asString()));
            }
            assertThat(file.blocks().cids()).isEqualTo(expected.cids());
            expected.forEach((cid, bytes) -> assertThat(file.blocks().get(cid)).contains(bytes));
            assertThat(CarWriter.toBytes(file.roots().getFirst(), expected)).isEqualTo(car);
        }
    }

    @Test
    void repeatedBlocksAreOne() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, root);
        writer.write(Cid.ofCbor(second), second);
        writer.write(Cid.ofCbor(second), second);
        writer.write(root, first);
        assertThat(CarReader.read(out.toByteArray(), CarLimits.COMMIT).blocks().cids())
                .containsExactly(Cid.ofCbor(second), root);
    }

    @Test
    void aBlockThatIsNotWhatItsCidSaysIsRefused() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CarWriter(out, root).write(root, second);
        refused(out.toByteArray());
    }

    @Test
    void aFileThatEndsEarlyIsRefused() {
        byte[] car = CarWriter.toBytes(root, new BlockMap().put(root, first));
        int header = CarWriter.toBytes(root, new BlockMap()).length;
        for (int length = 0; length < car.length; length++) {
            if (length != header) {
                refused(Arrays.copyOf(car, length));
            }
        }
        assertThat(CarReader.read(Arrays.copyOf(car, header), CarLimits.COMMIT)
                        .blocks()
                        .size())
                .isZero();
    }

    @Test
    void anotherHeaderIsRefused() {
        refused(withHeader(new CborWriter().map(1).text("version").integer(1).toBytes()));
        refused(withHeader(new CborWriter()
                .map(2)
                .text("roots")
                .array(0)
                .text("version")
                .integer(2)
                .toBytes()));
        refused(withHeader(new CborWriter()
                .map(2)
                .text("roots")
                .array(1)
                .integer(7)
                .text("version")
                .integer(1)
                .toBytes()));
        refused(withHeader(new byte[5000]));
        refused(new byte[] {
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            1
        });
        refused(new byte[] {(byte) 0x80, 0});
    }

    @Test
    void everyLimitIsKept() {
        byte[] car = CarWriter.toBytes(root, blocks);
        assertThatThrownBy(() -> CarReader.read(car, new CarLimits(car.length - 1, 10, 100)))
                .isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> CarReader.read(car, new CarLimits(car.length, 2, 100)))
                .isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> CarReader.read(car, new CarLimits(car.length, 3, 5)))
                .isInstanceOf(MalformedData.class);
        assertThat(CarReader.read(car, new CarLimits(car.length, 3, 7)).blocks().size())
                .isEqualTo(3);
    }

    @Test
    void aClaimOfAHugeBlockAllocatesNothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(CarWriter.toBytes(root, new BlockMap()));
        out.writeBytes(Varint.encode(Integer.MAX_VALUE));
        out.writeBytes(root.bytes());
        refused(out.toByteArray());
    }

    @Property(tries = 1000)
    void randomBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] tail, @ForAll boolean header) {
        byte[] start = header ? CarWriter.toBytes(root, blocks) : new byte[0];
        byte[] bytes = Arrays.copyOf(start, start.length + tail.length);
        System.arraycopy(tail, 0, bytes, start.length, tail.length);
        try {
            assertThat(CarReader.read(bytes, CarLimits.COMMIT).roots()).isNotNull();
        } catch (MalformedData e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Test
    void aBrokenStreamIsNotBadData() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        };
        assertThatThrownBy(() -> CarReader.read(broken, CarLimits.COMMIT, (cid, bytes) -> {}))
                .isInstanceOf(UncheckedIOException.class);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        };
        assertThatThrownBy(() -> new CarWriter(full, root)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aStreamIsReadBlockByBlock() {
        List<Cid> seen = new java.util.ArrayList<>();
        List<Cid> roots = CarReader.read(
                new ByteArrayInputStream(CarWriter.toBytes(root, blocks)),
                CarLimits.REPOSITORY,
                (cid, bytes) -> seen.add(cid));
        assertThat(roots).containsExactly(root);
        assertThat(seen).hasSize(3).first().isEqualTo(root);
    }

    @Test
    void aSourceFallsBackToAnother() {
        BlockSource both = new BlockMap().put(root, first).or(blocks);
        assertThat(both.get(Cid.ofRaw(second))).contains(second);
        assertThat(BlockSource.empty().or(blocks).get(root)).contains(first);
        assertThat(both.get(Cid.ofRaw(first))).isEmpty();
    }

    private void refused(byte[] car) {
        assertThatThrownBy(() -> CarReader.read(car, CarLimits.COMMIT)).isInstanceOf(MalformedData.class);
    }

    private static byte[] withHeader(byte[] header) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Varint.encode(header.length));
        out.writeBytes(header);
        return out.toByteArray();
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
