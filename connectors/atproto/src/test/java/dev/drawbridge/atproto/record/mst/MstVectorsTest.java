package dev.drawbridge.atproto.record.mst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import org.junit.jupiter.api.Test;

class MstVectorsTest {
    @Test
    void keysHaveTheHeightOfTheReference() {
        for (var vector : Vectors.json("mst/key_heights.json")) {
            assertThat(MstKeys.height(vector.get("key").asString()))
                    .isEqualTo(vector.get("height").asInt());
        }
    }

    @Test
    void exampleKeysSayTheirOwnHeight() {
        assertThat(Vectors.lines("mst/example_keys.txt"))
                .isNotEmpty()
                .allMatch(key -> MstKeys.height(key) == key.charAt(1) - '0');
    }

    @Test
    void commonPrefixesAreThoseOfTheReference() {
        for (var vector : Vectors.json("mst/common_prefix.json")) {
            assertThat(MstKeys.commonPrefix(
                            vector.get("left").asString(), vector.get("right").asString()))
                    .isEqualTo(vector.get("len").asInt());
        }
    }

    @Test
    void rootsAreThoseOfTheReference() {
        for (var vector : Vectors.json("golden/mst-roots.json")) {
            Mst tree = Mst.empty();
            for (int i = 0; i < vector.get("size").asInt(); i++) {
                Cid value = DagCbor.cid(DataMap.builder().put("n", i).build());
                tree = tree.put(Keys.post(i), value);
            }
            assertThat(tree.root()).hasToString(vector.get("root").asString());
        }
    }

    /// The same without the vectors of others.
    @Test
    void someRootsAreKnown() {
        assertThat(Mst.empty()
                        .put(
                                "com.example.record/3jqfcqzm3fo2j",
                                Cid.parse("bafyreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454"))
                        .root())
                .hasToString("bafyreibj4lsc3aqnrvphp5xmrnfoorvru4wynt6lwidqbm2623a6tatzdu");
        assertThat(MstKeys.height("com.example.record/3jqfcqzm3fo2j")).isZero();
    }
}
