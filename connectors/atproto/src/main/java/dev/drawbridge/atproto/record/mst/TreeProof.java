package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.block.BlockMap;

/// Collects the nodes that prove something about a key.
final class TreeProof {
    private TreeProof() {}

    /// The nodes from the top to the key, or to the gap where it is not.
    static void path(Node root, String key, BlockMap into) {
        descend(root, key, into, false);
    }

    /// The path, and the paths to the keys before and after. Whoever has these can put the key in or take it out.
    static void withNeighbours(Node root, String key, BlockMap into) {
        descend(root, key, into, true);
    }

    private static void descend(Node root, String key, BlockMap into, boolean neighbours) {
        Node node = root;
        while (true) {
            into.put(node.cid(), node.bytes());
            int found = node.find(key);
            if (found >= 0) {
                if (neighbours) {
                    edge(node.subtrees[found], into, false);
                    edge(node.subtrees[found + 1], into, true);
                }
                return;
            }
            // Where the key is absent, the gap's own path passes both neighbours.
            Subtree next = node.subtrees[-found - 1];
            if (next.isNone()) {
                return;
            }
            node = next.node();
        }
    }

    private static void edge(Subtree start, BlockMap into, boolean first) {
        Subtree subtree = start;
        while (!subtree.isNone()) {
            Node node = subtree.node();
            into.put(node.cid(), node.bytes());
            subtree = node.subtrees[first ? 0 : node.keys.length];
        }
    }
}
