package dev.drawbridge.atproto.record.cbor;

import dev.drawbridge.atproto.record.MalformedData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// DAG-CBOR in the one canonical form that the network hashes and signs.
///
/// Spec: [DAG-CBOR](https://ipld.io/specs/codecs/dag-cbor/spec/), as
/// [the data model](https://atproto.com/specs/data-model#dag-cbor) narrows it. Writing never fails; reading refuses
/// floats, tags other than 42, unsorted or repeated keys, numbers not in their shortest form and indefinite lengths.
public final class DagCbor {
    private static final Comparator<byte[]> KEY_ORDER =
            Comparator.<byte[]>comparingInt(key -> key.length).thenComparing(Arrays::compareUnsigned);

    private DagCbor() {}

    public static byte[] encode(Data data) {
        CborWriter writer = new CborWriter();
        write(writer, data);
        return writer.toBytes();
    }

    /// The CID of the encoded data.
    public static Cid cid(Data data) {
        return Cid.ofCbor(encode(data));
    }

    /// Reads one item with the limits of a record.
    ///
    /// @throws MalformedData if the bytes are not exactly one canonical item within the limits
    public static Data decode(byte[] bytes) {
        return decode(bytes, CborLimits.RECORD);
    }

    /// @throws MalformedData if the bytes are not exactly one canonical item within `limits`
    public static Data decode(byte[] bytes, CborLimits limits) {
        CborReader reader = new CborReader(bytes, limits);
        Data data = read(reader, limits, 0);
        reader.end();
        return data;
    }

    /// Reads one item that must be a map, with the limits of a record.
    ///
    /// @throws MalformedData if the bytes are not exactly one canonical map within the limits
    public static DataMap decodeMap(byte[] bytes) {
        if (decode(bytes) instanceof DataMap map) {
            return map;
        }
        throw new MalformedData("CBOR is not a map");
    }

    /// Reads the next item and leaves the reader behind it.
    ///
    /// @throws MalformedData if it is not canonical or beyond `limits`
    public static Data read(CborReader reader, CborLimits limits) {
        return read(reader, limits, 0);
    }

    private static void write(CborWriter writer, Data data) {
        switch (data) {
            case DataMap map -> writeMap(writer, map);
            case DataList list -> {
                writer.array(list.size());
                list.forEach(item -> write(writer, item));
            }
            case Data.Text(String value) -> writer.text(value);
            case Data.Int(long value) -> writer.integer(value);
            case Data.Bool(boolean value) -> writer.bool(value);
            case Data.Bytes bytes -> writer.bytes(bytes.value());
            case Data.Link(Cid cid) -> writer.link(cid);
            case Data.Null _ -> writer.nothing();
        }
    }

    private static void writeMap(CborWriter writer, DataMap map) {
        record Field(byte[] key, Data value) {}
        List<Field> fields = new ArrayList<>(map.fields().size());
        map.fields().forEach((key, value) -> fields.add(new Field(key.getBytes(StandardCharsets.UTF_8), value)));
        fields.sort(Comparator.comparing(Field::key, KEY_ORDER));
        writer.map(fields.size());
        for (Field field : fields) {
            writer.utf8(field.key());
            write(writer, field.value());
        }
    }

    private static Data read(CborReader reader, CborLimits limits, int depth) {
        return switch (reader.major()) {
            case Major.UNSIGNED, Major.NEGATIVE -> Data.of(reader.integer());
            case Major.BYTES -> Data.of(reader.bytes());
            case Major.TEXT -> Data.of(reader.text());
            case Major.ARRAY -> readList(reader, limits, deeper(depth, limits));
            case Major.MAP -> readMap(reader, limits, deeper(depth, limits));
            case Major.TAG -> Data.of(reader.link());
            default -> reader.nothing() ? new Data.Null() : Data.of(reader.bool());
        };
    }

    private static int deeper(int depth, CborLimits limits) {
        if (depth >= limits.maxDepth()) {
            throw new MalformedData("CBOR is nested deeper than " + limits.maxDepth());
        }
        return depth + 1;
    }

    private static DataList readList(CborReader reader, CborLimits limits, int depth) {
        int count = reader.array();
        List<Data> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(read(reader, limits, depth));
        }
        return new DataList(items);
    }

    private static DataMap readMap(CborReader reader, CborLimits limits, int depth) {
        int count = reader.map();
        Map<String, Data> fields = LinkedHashMap.newLinkedHashMap(count);
        byte[] before = {};
        for (int i = 0; i < count; i++) {
            byte[] key = reader.utf8(limits.maxKeyBytes());
            if (i > 0 && KEY_ORDER.compare(before, key) >= 0) {
                throw new MalformedData("map keys are not sorted or not unique at " + reader.position());
            }
            before = key;
            fields.put(Utf8.decode(key, 0, key.length), read(reader, limits, depth));
        }
        return new DataMap(fields);
    }
}
