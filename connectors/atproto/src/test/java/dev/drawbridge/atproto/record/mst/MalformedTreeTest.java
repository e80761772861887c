package dev.drawbridge.atproto.record.mst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MalformedTreeTest {
    private final BlockMap blocks = new BlockMap();
    private final String low = Keys.ofHeight("b", 0, 0);
    private final String lower = Keys.ofHeight("a", 0, 0);
    private final String high = Keys.ofHeight("c", 1, 0);

    @Test
    void theyAreReadIfNothingIsWrong() {
        Cid below = node(new Data.Null(), leaf(low, 0, new Data.Null()));
        Cid top = node(Data.of(below), leaf(high, 0, new Data.Null()));
        assertThat(Mst.load(blocks, top).get(low)).contains(Keys.value(0));
    }

    @Test
    void anEmptyTopIsRefused() {
        Cid below = node(new Data.Null(), leaf(low, 0, new Data.Null()));
        refused(node(Data.of(below)));
    }

    @Test
    void anEmptyBottomIsRefused() {
        Cid empty = node(new Data.Null());
        refused(node(Data.of(empty), leaf(high, 0, new Data.Null())));
    }

    @Test
    void aKeyInTheWrongLayerIsRefused() {
        refused(node(
                new Data.Null(),
                leaf(low, 0, new Data.Null()),
                leaf(high, MstKeys.commonPrefix(low, high), new Data.Null())));
        Cid alsoHigh = node(new Data.Null(), leaf(Keys.ofHeight("a", 1, 0), 0, new Data.Null()));
        refused(node(Data.of(alsoHigh), leaf(high, 0, new Data.Null())));
    }

    @Test
    void aLevelThatIsSkippedIsRefused() {
        String top = Keys.ofHeight("d", 2, 0);
        Cid below = node(new Data.Null(), leaf(low, 0, new Data.Null()));
        refused(node(Data.of(below), leaf(top, 0, new Data.Null())));
    }

    @Test
    void aKeyOutsideTheRangeOfItsNodeIsRefused() {
        Cid below = node(new Data.Null(), leaf(low, 0, new Data.Null()));
        refused(node(new Data.Null(), leaf(high, 0, Data.of(below))));
    }

    @Test
    void aNodeBelowTheLowestLayerIsRefused() {
        Cid below = node(new Data.Null(), leaf(lower, 0, new Data.Null()));
        refused(node(Data.of(below), leaf(low, 0, new Data.Null())));
    }

    @Test
    void unsortedAndRepeatedKeysAreRefused() {
        refused(node(
                new Data.Null(),
                leaf(low, 0, new Data.Null()),
                leaf(lower, MstKeys.commonPrefix(low, lower), new Data.Null())));
        refused(node(new Data.Null(), leaf(low, 0, new Data.Null()), leaf(low, low.length(), new Data.Null())));
    }

    @Test
    void aPrefixThatIsNotTheLongestIsRefused() {
        refused(node(
                new Data.Null(),
                leaf(lower, 0, new Data.Null()),
                leaf(low, MstKeys.commonPrefix(lower, low) - 1, new Data.Null())));
        refused(node(new Data.Null(), leaf(lower, 0, new Data.Null()), entry("x", 1000, new Data.Null())));
        refused(node(new Data.Null(), entry("x/y", -1, new Data.Null())));
    }

    @Test
    void keysThatNoRecordCanHaveAreRefused() {
        refused(node(new Data.Null(), entry("noslash", 0, new Data.Null())));
        refused(node(new Data.Null(), entry("ü/b", 0, new Data.Null())));
    }

    @Test
    void otherFieldsAreRefused() {
        refused(put(DataMap.builder().put("e", DataList.of()).build()));
        refused(put(DataMap.builder()
                .put("e", DataList.of())
                .put("x", new Data.Null())
                .build()));
        refused(put(DataMap.builder()
                .put("e", DataList.of())
                .put("l", new Data.Null())
                .put("m", 1)
                .build()));
        refused(put(DataMap.builder()
                .put("e", DataList.of(DataMap.empty()))
                .put("l", new Data.Null())
                .build()));
        refused(put(DataList.of()));
    }

    @Property(tries = 2000)
    void randomBlocksAreReadOrRefusedAndNothingElse(@ForAll byte[] bytes) {
        Cid cid = Cid.ofCbor(bytes);
        try {
            Mst.load(new BlockMap().put(cid, bytes), cid).get("a/b");
        } catch (MalformedData | MissingBlock e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private void refused(Cid root) {
        assertThatThrownBy(() -> Mst.load(blocks, root).from("").forEachRemaining(entry -> {}))
                .isInstanceOf(MalformedData.class);
    }

    private Cid node(Data left, DataMap... entries) {
        return put(DataMap.builder().put("l", left).put("e", List.of(entries)).build());
    }

    private Cid put(Data node) {
        byte[] bytes = DagCbor.encode(node);
        Cid cid = Cid.ofCbor(bytes);
        blocks.put(cid, bytes);
        return cid;
    }

    private static DataMap leaf(String key, int prefix, Data right) {
        return entry(key.substring(prefix), prefix, right);
    }

    private static DataMap entry(String suffix, int prefix, Data right) {
        return DataMap.builder()
                .put("k", suffix.getBytes(StandardCharsets.UTF_8))
                .put("p", prefix)
                .put("t", right)
                .put("v", Keys.value(0))
                .build();
    }
}
