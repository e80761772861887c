package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One node in memory: keys in order, a value for each, and a subtree before, between and after them. Immutable but for
/// its bytes and CID, which are made on first use. Arrays are never changed once they are in a node.
final class Node {
    /// The tree without keys.
    static final Node EMPTY = new Node(0, new String[0], new Cid[0], new Subtree[] {Subtree.NONE});

    final int height;
    final String[] keys;
    final Cid[] values;
    /// One more than there are keys.
    final Subtree[] subtrees;

    /// Whether it came from a source, which thus has its block.
    final boolean stored;

    private volatile @Nullable Encoded encoded;

    private record Encoded(byte[] bytes, Cid cid) {}

    Node(int height, String[] keys, Cid[] values, Subtree[] subtrees) {
        this.height = height;
        this.keys = keys;
        this.values = values;
        this.subtrees = subtrees;
        stored = false;
    }

    /// A node as it was read.
    Node(int height, String[] keys, Cid[] values, Subtree[] subtrees, byte[] bytes, Cid cid) {
        this.height = height;
        this.keys = keys;
        this.values = values;
        this.subtrees = subtrees;
        stored = true;
        encoded = new Encoded(bytes, cid);
    }

    boolean isEmpty() {
        return keys.length == 0 && subtrees[0].isNone();
    }

    /// Where `key` is, or `-(insertion point) - 1`.
    int find(String key) {
        return Arrays.binarySearch(keys, key);
    }

    /// The subtree in which `key` would be, given that it is not among the keys here.
    int gap(String key) {
        int found = find(key);
        return found >= 0 ? found : -found - 1;
    }

    byte[] bytes() {
        return encoded().bytes;
    }

    Cid cid() {
        return encoded().cid;
    }

    private Encoded encoded() {
        Encoded known = encoded;
        if (known == null) {
            byte[] bytes = NodeCodec.encode(this);
            known = new Encoded(bytes, Cid.ofCbor(bytes));
            encoded = known;
        }
        return known;
    }

    Node withValue(int at, Cid value) {
        Cid[] changed = values.clone();
        changed[at] = value;
        return new Node(height, keys, changed, subtrees);
    }

    Node withSubtree(int at, Subtree subtree) {
        Subtree[] changed = subtrees.clone();
        changed[at] = subtree;
        return new Node(height, keys, values, changed);
    }

    /// Puts a key where the subtree `at` was, between its two halves.
    Node inserting(int at, String key, Cid value, Subtree left, Subtree right) {
        int count = keys.length;
        String[] newKeys = Arrays.copyOf(keys, count + 1);
        Cid[] newValues = Arrays.copyOf(values, count + 1);
        Subtree[] newSubtrees = Arrays.copyOf(subtrees, count + 2);
        System.arraycopy(keys, at, newKeys, at + 1, count - at);
        System.arraycopy(values, at, newValues, at + 1, count - at);
        System.arraycopy(subtrees, at + 1, newSubtrees, at + 2, count - at);
        newKeys[at] = key;
        newValues[at] = value;
        newSubtrees[at] = left;
        newSubtrees[at + 1] = right;
        return new Node(height, newKeys, newValues, newSubtrees);
    }

    /// Takes a key out and puts one subtree where the two beside it were.
    Node removing(int at, Subtree joined) {
        int count = keys.length;
        String[] newKeys = Arrays.copyOf(keys, count - 1);
        Cid[] newValues = Arrays.copyOf(values, count - 1);
        Subtree[] newSubtrees = Arrays.copyOf(subtrees, count);
        System.arraycopy(keys, at + 1, newKeys, at, count - 1 - at);
        System.arraycopy(values, at + 1, newValues, at, count - 1 - at);
        System.arraycopy(subtrees, at + 2, newSubtrees, at + 1, count - 1 - at);
        newSubtrees[at] = joined;
        return new Node(height, newKeys, newValues, newSubtrees);
    }

    /// The keys from `from` to `to`, with the subtrees between them and the given ones at both ends.
    Node slice(int from, int to, Subtree first, Subtree last) {
        Subtree[] newSubtrees = Arrays.copyOfRange(subtrees, from, to + 1);
        newSubtrees[0] = first;
        newSubtrees[to - from] = last;
        return new Node(height, Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to), newSubtrees);
    }
}
