package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// Keys and values to build trees from.
final class Keys {
    private Keys() {}

    static String post(int i) {
        return "app.bsky.feed.post/" + Tid.of(1_750_000_000_000_000L + i * 37_000L, 7);
    }

    static Cid value(int i) {
        return Cid.ofRaw(("value " + i).getBytes(StandardCharsets.UTF_8));
    }

    /// A key of a given layer: the `n`th of those that begin with `prefix`.
    static String ofHeight(String prefix, int height, int n) {
        int found = 0;
        for (int i = 0; ; i++) {
            String key = "test/" + prefix + i;
            if (MstKeys.height(key) == height && found++ == n) {
                return key;
            }
        }
    }

    /// The nodes of a tree.
    static Set<Cid> nodes(Mst tree) {
        Set<Cid> cids = new HashSet<>();
        tree.walk(new Mst.Visitor() {
            @Override
            public void node(Cid cid, byte[] bytes) {
                cids.add(cid);
            }

            @Override
            public void leaf(MstEntry entry) {}
        });
        return cids;
    }
}
