package dev.drawbridge.atproto.record.mst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MstPropertiesTest {
    /// Some changes to keys: a new value, or none to take the key out.
    record Change(String key, int value) {}

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void anyOrderOfChangesGivesTheTreeBuiltFromScratch(@ForAll("changes") List<Change> changes) {
        Mst tree = Mst.empty();
        TreeMap<String, Cid> entries = new TreeMap<>();
        for (Change change : changes) {
            tree = apply(tree, change);
            note(entries, change);
        }
        assertThat(tree.root()).isEqualTo(ScratchTree.root(entries));
        for (Map.Entry<String, Cid> entry : entries.entrySet()) {
            assertThat(tree.get(entry.getKey())).contains(entry.getValue());
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aTreeThatIsStoredAndLoadedBetweenChangesIsTheSame(@ForAll("changes") List<Change> changes) {
        TreeMap<String, Cid> entries = new TreeMap<>();
        var store = Mst.empty().newNodes();
        store.put(
                Mst.empty().root(),
                dev.drawbridge.atproto.record.cbor.DagCbor.encode(
                        dev.drawbridge.atproto.record.cbor.DataJson.parse("{\"e\":[],\"l\":null}")));
        Cid root = Mst.empty().root();
        for (Change change : changes) {
            Mst before = Mst.load(store, root);
            Mst after = apply(before, change);
            note(entries, change);
            store.putAll(after.newNodes());
            root = after.root();
            assertThat(root).isEqualTo(ScratchTree.root(entries));
            assertThat(before.droppedBy(after)).doesNotContainAnyElementsOf(Keys.nodes(Mst.load(store, root)));
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theCoveringProofIsEnoughToUndoChangesInAnyOrder(
            @ForAll("changes") List<Change> base, @ForAll("changes") List<Change> changes, @ForAll long seed) {
        Mst before = Mst.empty();
        for (Change change : base) {
            before = apply(before, change);
        }
        Map<String, Change> last = new LinkedHashMap<>();
        changes.stream().limit(8).forEach(change -> last.put(change.key(), change));
        Mst after = before;
        Set<String> touched = new HashSet<>();
        for (Change change : last.values()) {
            Mst next = apply(after, change);
            if (next != after && !next.get(change.key()).equals(after.get(change.key()))) {
                touched.add(change.key());
            }
            after = next;
        }
        Mst partial = Mst.load(after.coveringProof(touched), after.root());
        List<String> order = new java.util.ArrayList<>(touched);
        Collections.shuffle(order, new Random(seed));
        for (String key : order) {
            var old = before.get(key);
            partial = old.isPresent() ? partial.put(key, old.get()) : partial.remove(key);
        }
        assertThat(partial.root()).isEqualTo(before.root());
    }

    private static Mst apply(Mst tree, Change change) {
        return change.value() == 0 ? tree.remove(change.key()) : tree.put(change.key(), Keys.value(change.value()));
    }

    private static void note(Map<String, Cid> entries, Change change) {
        if (change.value() == 0) {
            entries.remove(change.key());
        } else {
            entries.put(change.key(), Keys.value(change.value()));
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<String> keys = Arbitraries.integers().between(0, 150).map(i -> "t.e.st/k" + i);
        Arbitrary<Integer> values = Arbitraries.integers().between(0, 4);
        return net.jqwik.api.Combinators.combine(keys, values)
                .as(Change::new)
                .list()
                .ofMaxSize(120);
    }
}
