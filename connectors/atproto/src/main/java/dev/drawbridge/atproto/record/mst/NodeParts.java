package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.ArrayList;
import java.util.List;

/// What one node of a tree refers to, in order of keys, without loading any of it.
public final class NodeParts {
    private NodeParts() {}

    /// One reference.
    public sealed interface Part {
        Cid cid();

        /// A node below.
        record Below(Cid cid) implements Part {}

        /// A record.
        record Leaf(String key, Cid cid) implements Part {}
    }

    /// Reads a node's block. Checks the node itself, not its place in a tree.
    ///
    /// @throws MalformedData if the bytes are no node
    public static List<Part> of(byte[] node) {
        NodeCodec.Raw raw = NodeCodec.decode(node, MstLimits.DEFAULT);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < raw.subtrees().size(); i++) {
            raw.subtrees().get(i).ifPresent(cid -> parts.add(new Part.Below(cid)));
            if (i < raw.keys().size()) {
                parts.add(new Part.Leaf(raw.keys().get(i), raw.values().get(i)));
            }
        }
        return parts;
    }
}
