package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.Arrays;

/// Changes a tree. Each change copies the nodes on one path and shares all others.
final class TreeEdit {
    private TreeEdit() {}

    private record Halves(Subtree left, Subtree right) {}

    /// Puts a key under `root`, which may become a taller one.
    static Node put(Node root, String key, Cid value) {
        int height = MstKeys.height(key);
        if (root.isEmpty()) {
            return leaf(height, key, value, Subtree.NONE, Subtree.NONE);
        }
        if (height <= root.height) {
            return put(root, key, height, value);
        }
        Halves halves = split(Subtree.of(root), root, key);
        return leaf(
                height,
                key,
                value,
                raise(halves.left, root.height, height - 1),
                raise(halves.right, root.height, height - 1));
    }

    /// Takes a key, which must be there, from under `root`, which may become a lower one.
    static Node remove(Node root, String key) {
        Node rest = remove(root, key, MstKeys.height(key));
        while (rest.keys.length == 0 && !rest.subtrees[0].isNone()) {
            rest = rest.subtrees[0].node();
        }
        return rest.isEmpty() ? Node.EMPTY : rest;
    }

    private static Node put(Node node, String key, int height, Cid value) {
        int found = node.find(key);
        if (found >= 0) {
            return node.withValue(found, value);
        }
        int gap = -found - 1;
        Subtree here = node.subtrees[gap];
        if (height == node.height) {
            Halves halves = split(here, key);
            return node.inserting(gap, key, value, halves.left, halves.right);
        }
        Subtree changed = here.isNone()
                ? raise(Subtree.of(leaf(height, key, value, Subtree.NONE, Subtree.NONE)), height, node.height - 1)
                : Subtree.of(put(here.node(), key, height, value));
        return node.withSubtree(gap, changed);
    }

    private static Node remove(Node node, String key, int height) {
        if (height == node.height) {
            int at = node.find(key);
            return node.removing(at, join(node.subtrees[at], node.subtrees[at + 1]));
        }
        int gap = node.gap(key);
        return node.withSubtree(gap, Subtree.of(remove(node.subtrees[gap].node(), key, height)));
    }

    private static Node leaf(int height, String key, Cid value, Subtree left, Subtree right) {
        return new Node(height, new String[] {key}, new Cid[] {value}, new Subtree[] {left, right});
    }

    /// Puts empty layers above a subtree until it has the height that its new place asks for.
    private static Subtree raise(Subtree subtree, int from, int to) {
        Subtree raised = subtree;
        for (int height = from + 1; height <= to && !raised.isNone(); height++) {
            raised = Subtree.of(new Node(height, new String[0], new Cid[0], new Subtree[] {raised}));
        }
        return raised;
    }

    private static Halves split(Subtree subtree, String key) {
        return subtree.isNone() ? new Halves(subtree, subtree) : split(subtree, subtree.node(), key);
    }

    /// Divides a subtree into what comes before `key` and what comes after. A side that gets everything is the subtree
    /// itself, so that its block stays known as stored.
    private static Halves split(Subtree subtree, Node node, String key) {
        if (node.find(key) >= 0) {
            throw new MalformedData("tree has a key twice");
        }
        int gap = node.gap(key);
        int count = node.keys.length;
        Subtree between = node.subtrees[gap];
        Halves inner = split(between, key);
        if (gap == 0 && inner.left.isNone()) {
            return new Halves(Subtree.NONE, subtree);
        }
        if (gap == count && inner.right.isNone()) {
            return new Halves(subtree, Subtree.NONE);
        }
        return new Halves(
                Subtree.of(node.slice(0, gap, gap == 0 ? inner.left : node.subtrees[0], inner.left)),
                Subtree.of(node.slice(gap, count, inner.right, gap == count ? inner.right : node.subtrees[count])));
    }

    /// Makes one subtree of two neighbours of the same height.
    private static Subtree join(Subtree left, Subtree right) {
        if (left.isNone() || right.isNone()) {
            return left.isNone() ? right : left;
        }
        Node a = left.node();
        Node b = right.node();
        int seam = a.keys.length;
        String[] keys = Arrays.copyOf(a.keys, seam + b.keys.length);
        Cid[] values = Arrays.copyOf(a.values, keys.length);
        Subtree[] subtrees = Arrays.copyOf(a.subtrees, keys.length + 1);
        System.arraycopy(b.keys, 0, keys, seam, b.keys.length);
        System.arraycopy(b.values, 0, values, seam, b.keys.length);
        System.arraycopy(b.subtrees, 1, subtrees, seam + 1, b.keys.length);
        subtrees[seam] = join(a.subtrees[seam], b.subtrees[0]);
        return Subtree.of(new Node(a.height, keys, values, subtrees));
    }
}
