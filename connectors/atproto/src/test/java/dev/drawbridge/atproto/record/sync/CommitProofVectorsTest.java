package dev.drawbridge.atproto.record.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.mst.Mst;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CommitProofVectorsTest {
    @Test
    void coveringProofsCanBeUndoneInEveryOrder() {
        for (JsonNode vector : Vectors.json("firehose/commit-proof-fixtures.json")) {
            String comment = vector.get("comment").asString();
            Cid leaf = Cid.parse(vector.get("leafValue").asString());
            List<String> adds = texts(vector, "adds");
            List<String> dels = texts(vector, "dels");
            Mst before = Mst.empty();
            for (String key : texts(vector, "keys")) {
                before = before.put(key, leaf);
            }
            assertThat(before.root())
                    .as(comment)
                    .hasToString(vector.get("rootBeforeCommit").asString());
            Mst after = before;
            for (String key : adds) {
                after = after.put(key, leaf);
            }
            for (String key : dels) {
                after = after.remove(key);
            }
            assertThat(after.root())
                    .as(comment)
                    .hasToString(vector.get("rootAfterCommit").asString());
            List<String> changed = new ArrayList<>(adds);
            changed.addAll(dels);
            BlockMap proof = after.coveringProof(changed);
            assertThat(proof.cids())
                    .as(comment)
                    .containsAll(texts(vector, "blocksInProof").stream()
                            .map(Cid::parse)
                            .toList());
            for (List<String> order : permutations(changed)) {
                Mst undone = Mst.load(proof, after.root());
                for (String key : order) {
                    undone = adds.contains(key) ? undone.remove(key) : undone.put(key, leaf);
                }
                assertThat(undone.root()).as(comment + order).isEqualTo(before.root());
            }
        }
    }

    private static List<List<String>> permutations(List<String> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : items) {
            List<String> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<String> tail : permutations(rest)) {
                List<String> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }

    private static List<String> texts(JsonNode node, String field) {
        return node.get(field).valueStream().map(JsonNode::asString).toList();
    }
}
