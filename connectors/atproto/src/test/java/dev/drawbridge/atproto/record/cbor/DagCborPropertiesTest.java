package dev.drawbridge.atproto.record.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.MalformedData;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DagCborPropertiesTest {
    @Property(tries = 200, edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
    void dataGoesThroughCborUnchanged(@ForAll("maps") DataMap data) {
        byte[] bytes = DagCbor.encode(data);
        assertThat(DagCbor.decode(bytes)).isEqualTo(data);
        assertThat(DagCbor.encode(DagCbor.decode(bytes))).isEqualTo(bytes);
    }

    @Property(tries = 200, edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
    void dataGoesThroughJsonUnchanged(@ForAll("maps") DataMap data) {
        assertThat(DataJson.parse(DataJson.write(data))).isEqualTo(data);
    }

    @Property(tries = 5000)
    void randomBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] bytes) {
        onlyOwnException(bytes);
    }

    @Property(tries = 1000, edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
    void changedBytesAreReadOrRefusedAndNothingElse(@ForAll("maps") DataMap data, @ForAll int at, @ForAll byte value) {
        byte[] bytes = DagCbor.encode(data);
        bytes[Math.floorMod(at, bytes.length)] = value;
        onlyOwnException(bytes);
    }

    /// What is accepted is canonical: it encodes to the same bytes.
    private static void onlyOwnException(byte[] bytes) {
        try {
            assertThat(DagCbor.encode(DagCbor.decode(bytes))).isEqualTo(bytes);
        } catch (MalformedData e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Provide
    Arbitrary<DataMap> maps() {
        Arbitrary<Data> leaves = Arbitraries.oneOf(
                texts().map(Data::of),
                Arbitraries.longs().map(Data::of),
                Arbitraries.of(true, false).map(Data::of),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Data::of),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(4).map(bytes -> Data.of(Cid.ofCbor(bytes))),
                Arbitraries.create(Data.Null::new));
        Arbitrary<Data> values = Arbitraries.recursive(() -> leaves, DagCborPropertiesTest::containers, 0, 3);
        return maps(values);
    }

    private static Arbitrary<Data> containers(Arbitrary<Data> values) {
        Arbitrary<Data> lists = values.list().ofMaxSize(5).map(DataList::new);
        return Arbitraries.oneOf(values, lists, maps(values).map(map -> map));
    }

    private static Arbitrary<DataMap> maps(Arbitrary<Data> values) {
        Arbitrary<Map<String, Data>> fields = Arbitraries.maps(texts().filter(key -> !key.startsWith("$")), values)
                .ofMaxSize(6);
        return fields.map(DataMap::new);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of(List.of("", "a", "text", "ü", "日本", "🦊", "\u0000", "\"\\", "\uFFFD"))
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }
}
