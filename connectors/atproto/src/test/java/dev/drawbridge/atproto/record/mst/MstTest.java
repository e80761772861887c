package dev.drawbridge.atproto.record.mst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.BlockSource;
import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MstTest {
    @Test
    void theEmptyTreeHasAKnownRoot() {
        assertThat(Mst.empty().root()).hasToString("bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm");
        assertThat(Mst.empty().isEmpty()).isTrue();
        assertThat(Mst.empty().get("a/b")).isEmpty();
        assertThat(Mst.empty().from("").hasNext()).isFalse();
    }

    @Test
    void aTreeIsReadBackFromItsBlocks() {
        Mst tree = posts(500);
        BlockMap blocks = tree.newNodes();
        Mst again = Mst.load(blocks, tree.root());
        for (int i = 0; i < 500; i++) {
            assertThat(again.get(Keys.post(i))).contains(Keys.value(i));
        }
        assertThat(again.get(Keys.post(500))).isEmpty();
        assertThat(again.newNodes().size()).isZero();
        assertThat(again.root()).isEqualTo(tree.root());
    }

    @Test
    void takingEverythingOutLeavesTheEmptyTree() {
        Mst tree = posts(100);
        for (int i = 0; i < 100; i++) {
            tree = tree.remove(Keys.post(i * 37 % 100));
        }
        assertThat(tree.root()).isEqualTo(Mst.empty().root());
    }

    @Test
    void takingOutWhatIsNotThereChangesNothing() {
        Mst tree = posts(10);
        assertThat(tree.remove(Keys.post(11))).isSameAs(tree);
    }

    @Test
    void oneChangeTouchesOnePath() {
        BlockMap blocks = posts(5000).newNodes();
        Cid root = posts(5000).root();
        AtomicInteger reads = new AtomicInteger();
        BlockSource counting = cid -> {
            reads.incrementAndGet();
            return blocks.get(cid);
        };
        Mst before = Mst.load(counting, root);
        Mst after = before.put(Keys.post(2500) + "x", Keys.value(1));
        assertThat(after.newNodes().size()).isLessThan(15);
        assertThat(before.droppedBy(after)).hasSizeLessThan(15);
        assertThat(after.coveringProof(List.of(Keys.post(2500) + "x")).size()).isLessThan(25);
        assertThat(reads.get()).isLessThan(25);
    }

    @Test
    void droppedAndNewNodesAreTheDifferenceOfTwoTrees() {
        Mst built = posts(300);
        Mst before = Mst.load(built.newNodes(), built.root());
        Mst after =
                before.remove(Keys.post(50)).put(Keys.post(400), Keys.value(1)).put(Keys.post(60), Keys.value(2));
        Set<Cid> old = Keys.nodes(before);
        Set<Cid> now = Keys.nodes(after);
        Set<Cid> gone = new HashSet<>(old);
        gone.removeAll(now);
        Set<Cid> added = new HashSet<>(now);
        added.removeAll(old);
        assertThat(before.droppedBy(after)).isEqualTo(gone);
        assertThat(after.newNodes().cids()).containsAll(added);
    }

    @Test
    void leavesComeInOrderFromAnyKey() {
        Mst built = posts(200);
        Mst tree = Mst.load(built.newNodes(), built.root());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            expected.add(Keys.post(i));
        }
        expected.sort(null);
        for (int start : new int[] {0, 1, 99, 199}) {
            assertThat(keys(tree.from(expected.get(start)))).isEqualTo(expected.subList(start, 200));
        }
        assertThat(keys(tree.from(""))).isEqualTo(expected);
        assertThat(keys(tree.from(expected.get(7) + "~"))).isEqualTo(expected.subList(8, 200));
        assertThat(keys(tree.from("zzz/z"))).isEmpty();
        assertThatThrownBy(() -> tree.from("zzz/z").next()).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aProofHoldsForThereAndForNotThere() {
        Mst built = posts(1000);
        Mst tree = Mst.load(built.newNodes(), built.root());
        for (String key : List.of(Keys.post(500), Keys.post(500) + "x", "a/a", "z/z")) {
            Mst partial = Mst.load(tree.proof(key), tree.root());
            assertThat(partial.get(key)).isEqualTo(tree.get(key));
        }
        Mst partial = Mst.load(tree.proof(Keys.post(500)), tree.root());
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        partial.get(Keys.post(i));
                    }
                })
                .isInstanceOf(MissingBlock.class);
    }

    @Test
    void aWalkMeetsNodesBeforeWhatIsBelowAndLeavesInOrder() {
        Mst tree = posts(300);
        List<String> leaves = new ArrayList<>();
        BlockMap met = new BlockMap();
        tree.walk(new Mst.Visitor() {
            @Override
            public void node(Cid cid, byte[] bytes) {
                assertThat(cid.matches(bytes)).isTrue();
                met.put(cid, bytes);
            }

            @Override
            public void leaf(MstEntry entry) {
                leaves.add(entry.key());
            }
        });
        assertThat(leaves).isSorted().hasSize(300);
        assertThat(met.cids().iterator().next()).isEqualTo(tree.root());
        assertThat(met.cids()).isEqualTo(tree.newNodes().cids());
    }

    @Test
    void invalidKeysAreOurBug() {
        for (String key : List.of("", "a", "/a", "a/", "a/b/c", "a b/c", "ä/b", "a/" + "b".repeat(1024))) {
            assertThatThrownBy(() -> Mst.empty().put(key, Keys.value(0))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Mst.empty().put("a/" + "b".repeat(1022), Keys.value(0)).isEmpty())
                .isFalse();
    }

    @Test
    void aTallKeyLeavesNoGapBetweenLayers() {
        String low = Keys.ofHeight("low", 0, 0);
        String high = Keys.ofHeight("top", 4, 0);
        Mst tree = Mst.empty().put(low, Keys.value(0)).put(high, Keys.value(1));
        assertThat(tree.newNodes().size()).isEqualTo(5);
        assertThat(tree.remove(high).root())
                .isEqualTo(Mst.empty().put(low, Keys.value(0)).root());
        Mst other = Mst.empty().put(high, Keys.value(1)).put(low, Keys.value(0));
        assertThat(other.root()).isEqualTo(tree.root());
    }

    @Test
    void aLostNodeIsNamed() {
        Mst tree = posts(100);
        Optional<Cid> below = tree.newNodes().cids().stream()
                .filter(cid -> !cid.equals(tree.root()))
                .findFirst();
        BlockSource holed = cid -> cid.equals(below.orElseThrow())
                ? Optional.empty()
                : tree.newNodes().get(cid);
        Mst loaded = Mst.load(holed, tree.root());
        assertThatThrownBy(() -> loaded.walk(new Mst.Visitor() {
                    @Override
                    public void node(Cid cid, byte[] bytes) {}

                    @Override
                    public void leaf(MstEntry entry) {}
                }))
                .isInstanceOfSatisfying(
                        MissingBlock.class, e -> assertThat(e.cid()).isEqualTo(below.orElseThrow()));
        assertThatThrownBy(() -> Mst.load(BlockSource.empty(), tree.root())).isInstanceOf(MissingBlock.class);
    }

    @Test
    void aTreeOverTheLimitsIsRefused() {
        Mst tree = posts(300);
        BlockMap blocks = tree.newNodes();
        int entries = 2;
        assertThatThrownBy(() -> keys(Mst.load(blocks, tree.root(), new MstLimits(100_000, entries, 40))
                        .from("")))
                .isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> keys(Mst.load(blocks, tree.root(), new MstLimits(100, 1000, 40))
                        .from("")))
                .isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> Mst.load(blocks, tree.root(), new MstLimits(100_000, 1000, 2)))
                .isInstanceOf(MalformedData.class);
    }

    private static Mst posts(int count) {
        Mst tree = Mst.empty();
        for (int i = 0; i < count; i++) {
            tree = tree.put(Keys.post(i), Keys.value(i));
        }
        TreeMap<String, Cid> entries = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            entries.put(Keys.post(i), Keys.value(i));
        }
        assertThat(tree.root()).isEqualTo(ScratchTree.root(entries));
        return tree;
    }

    private static List<String> keys(Iterator<MstEntry> entries) {
        List<String> keys = new ArrayList<>();
        entries.forEachRemaining(entry -> keys.add(entry.key()));
        return keys;
    }
}
