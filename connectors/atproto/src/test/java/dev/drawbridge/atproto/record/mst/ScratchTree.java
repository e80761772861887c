package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// The definition of the tree, written down a second time: layer by layer from the top, all at once, with nothing
/// shared with the code under test but the layer of a key.
final class ScratchTree {
    private ScratchTree() {}

    static Cid root(SortedMap<String, Cid> entries) {
        int height = entries.keySet().stream().mapToInt(MstKeys::height).max().orElse(0);
        return node(new ArrayList<>(entries.entrySet()), height);
    }

    private static Cid node(List<Map.Entry<String, Cid>> entries, int height) {
        List<Data> leaves = new ArrayList<>();
        List<Map.Entry<String, Cid>> pending = new ArrayList<>();
        Data left = new Data.Null();
        DataMap.Builder open = null;
        String before = "";
        for (Map.Entry<String, Cid> entry : entries) {
            if (MstKeys.height(entry.getKey()) < height) {
                pending.add(entry);
                continue;
            }
            Data link = link(pending, height);
            if (open == null) {
                left = link;
            } else {
                leaves.add(open.put("t", link).build());
            }
            pending.clear();
            int prefix = 0;
            while (prefix < before.length()
                    && prefix < entry.getKey().length()
                    && before.charAt(prefix) == entry.getKey().charAt(prefix)) {
                prefix++;
            }
            open = DataMap.builder()
                    .put("p", prefix)
                    .put("k", entry.getKey().substring(prefix).getBytes(StandardCharsets.US_ASCII))
                    .put("v", entry.getValue());
            before = entry.getKey();
        }
        Data last = link(pending, height);
        if (open == null) {
            left = last;
        } else {
            leaves.add(open.put("t", last).build());
        }
        return DagCbor.cid(DataMap.builder().put("l", left).put("e", leaves).build());
    }

    private static Data link(List<Map.Entry<String, Cid>> entries, int height) {
        return entries.isEmpty() ? new Data.Null() : Data.of(node(entries, height - 1));
    }
}
