package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockSource;
import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.List;

/// Reads nodes from their source and holds them to the rules of their place: right layer, keys within their bounds,
/// nothing empty.
final class NodeLoader {
    /// Less than every key, and greater than every key.
    static final String LOWEST = "";

    static final String HIGHEST = "\uFFFF";

    private final BlockSource source;
    private final MstLimits limits;

    NodeLoader(BlockSource source, MstLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /// Reads the top of a tree, whose layer only its keys tell.
    Node root(Cid cid) {
        byte[] bytes = bytes(cid);
        NodeCodec.Raw raw = NodeCodec.decode(bytes, limits);
        if (raw.keys().isEmpty()) {
            if (raw.subtrees().getFirst().isPresent()) {
                throw new MalformedData("tree has an empty top");
            }
            return new Node(0, new String[0], new Cid[0], new Subtree[] {Subtree.NONE}, bytes, cid);
        }
        int height = MstKeys.height(raw.keys().getFirst());
        if (height > limits.maxHeight()) {
            throw new MalformedData("tree has more than " + limits.maxHeight() + " layers");
        }
        return node(new Subtree.Stored(this, cid, height, LOWEST, HIGHEST), raw, bytes);
    }

    Node load(Subtree.Stored place) {
        byte[] bytes = bytes(place.cid());
        NodeCodec.Raw raw = NodeCodec.decode(bytes, limits);
        if (raw.keys().isEmpty() && (raw.subtrees().getFirst().isEmpty() || place.height() == 0)) {
            throw new MalformedData("tree has an empty node below its top");
        }
        return node(place, raw, bytes);
    }

    private byte[] bytes(Cid cid) {
        return source.get(cid).orElseThrow(() -> new MissingBlock(cid));
    }

    private Node node(Subtree.Stored place, NodeCodec.Raw raw, byte[] bytes) {
        List<String> keys = raw.keys();
        for (String key : keys) {
            if (MstKeys.height(key) != place.height()) {
                throw new MalformedData("tree has a key in the wrong layer");
            }
        }
        boolean inside = keys.isEmpty()
                || (keys.getFirst().compareTo(place.above()) > 0
                        && keys.getLast().compareTo(place.below()) < 0);
        if (!inside) {
            throw new MalformedData("tree has a key outside the range of its node");
        }
        Subtree[] subtrees = new Subtree[keys.size() + 1];
        for (int i = 0; i < subtrees.length; i++) {
            String above = i == 0 ? place.above() : keys.get(i - 1);
            String below = i == keys.size() ? place.below() : keys.get(i);
            subtrees[i] = raw.subtrees()
                    .get(i)
                    .map(cid -> below(place, cid, above, below))
                    .orElse(Subtree.NONE);
        }
        return new Node(
                place.height(),
                keys.toArray(String[]::new),
                raw.values().toArray(Cid[]::new),
                subtrees,
                bytes,
                place.cid());
    }

    private Subtree below(Subtree.Stored place, Cid cid, String above, String below) {
        if (place.height() == 0) {
            throw new MalformedData("tree has a node below its lowest layer");
        }
        return Subtree.of(new Subtree.Stored(this, cid, place.height() - 1, above, below));
    }
}
