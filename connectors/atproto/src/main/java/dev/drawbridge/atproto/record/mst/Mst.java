package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.BlockSource;
import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/// The Merkle search tree of a repository: record paths to record CIDs. Immutable; a change answers a new tree that
/// shares all nodes but those on the changed path. Nodes are read when they are needed, so one change costs a few reads
/// however large the repository is. The same keys and values always give the same root, whatever the order of changes.
///
/// Spec: [Repository, MST structure](https://atproto.com/specs/repository#mst-structure)
///
/// Every method that may have to read a node throws [MissingBlock] if the source does not have it and [MalformedData]
/// if it breaks the rules of the tree.
public final class Mst {
    private final Node root;

    private Mst(Node root) {
        this.root = root;
    }

    /// What a walk meets.
    public interface Visitor {
        void node(Cid cid, byte[] bytes);

        void leaf(MstEntry entry);
    }

    public static Mst empty() {
        return new Mst(Node.EMPTY);
    }

    /// Opens a tree; reads its top node.
    public static Mst load(BlockSource source, Cid root) {
        return load(source, root, MstLimits.DEFAULT);
    }

    /// Opens a tree with other limits; reads its top node.
    public static Mst load(BlockSource source, Cid root, MstLimits limits) {
        return new Mst(new NodeLoader(source, limits).root(root));
    }

    /// The CID of the top node: `data` of a commit. Hashes what has changed.
    public Cid root() {
        return root.cid();
    }

    public boolean isEmpty() {
        return root.isEmpty();
    }

    public Optional<Cid> get(String key) {
        Node node = root;
        while (true) {
            int found = node.find(key);
            if (found >= 0) {
                return Optional.of(node.values[found]);
            }
            Subtree next = node.subtrees[-found - 1];
            if (next.isNone()) {
                return Optional.empty();
            }
            node = next.node();
        }
    }

    /// Adds a key or gives it another value.
    ///
    /// @throws IllegalArgumentException if the key is invalid, see [MstKeys#isValid(String)]
    public Mst put(String key, Cid value) {
        if (!MstKeys.isValid(key)) {
            throw new IllegalArgumentException("invalid key of " + key.length() + " characters");
        }
        return new Mst(TreeEdit.put(root, key, value));
    }

    /// Takes a key out; the same tree if it is not there.
    public Mst remove(String key) {
        return get(key).isEmpty() ? this : new Mst(TreeEdit.remove(root, key));
    }

    /// The nodes that this tree has and its source does not: what is to be stored. None of an unchanged tree.
    public BlockMap newNodes() {
        BlockMap blocks = new BlockMap();
        TreeWalk.fresh(root, blocks);
        return blocks;
    }

    /// The nodes of this tree that a tree made from it no longer has.
    public Set<Cid> droppedBy(Mst newer) {
        return TreeWalk.dropped(root, newer.root);
    }

    /// The nodes from the top to `key`: proof of its value, or of its absence.
    public BlockMap proof(String key) {
        BlockMap blocks = new BlockMap();
        TreeProof.path(root, key, blocks);
        return blocks;
    }

    /// The nodes that a receiver needs to undo changes of `keys` in this tree: their paths and those of the keys beside
    /// them. Always has the top node.
    ///
    /// Spec: [Sync, commit validation](https://atproto.com/specs/sync)
    public BlockMap coveringProof(Collection<String> keys) {
        BlockMap blocks = new BlockMap();
        blocks.put(root.cid(), root.bytes());
        keys.forEach(key -> TreeProof.withNeighbours(root, key, blocks));
        return blocks;
    }

    /// Leaves from `key` on, in key order; an empty key starts at the first. Keeps none of the nodes it reads.
    public Iterator<MstEntry> from(String key) {
        return new TreeWalk.Leaves(root, key);
    }

    /// Goes through the whole tree: each node before what is below it, leaves in key order between them. Keeps none of
    /// the nodes it reads.
    public void walk(Visitor visitor) {
        TreeWalk.all(root, visitor);
    }
}
