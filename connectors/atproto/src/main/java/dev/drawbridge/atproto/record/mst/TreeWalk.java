package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/// Goes through a tree in order.
final class TreeWalk {
    private TreeWalk() {}

    /// Nodes made in memory, each before what is below it.
    static void fresh(Node node, BlockMap into) {
        if (node.stored) {
            return;
        }
        into.put(node.cid(), node.bytes());
        for (Subtree subtree : node.subtrees) {
            if (subtree.isFresh()) {
                fresh(subtree.node(), into);
            }
        }
    }

    /// Each node before what is below it, leaves in key order between them; keeps nothing it has to load.
    static void all(Node node, Mst.Visitor visitor) {
        visitor.node(node.cid(), node.bytes());
        for (int i = 0; i <= node.keys.length; i++) {
            if (!node.subtrees[i].isNone()) {
                all(node.subtrees[i].peek(), visitor);
            }
            if (i < node.keys.length) {
                visitor.leaf(new MstEntry(node.keys[i], node.values[i]));
            }
        }
    }

    /// Nodes of `older` that `newer`, which was made from it, no longer has.
    static Set<Cid> dropped(Node older, Node newer) {
        Set<Cid> kept = new HashSet<>();
        kept.add(newer.cid());
        referenced(newer, kept);
        Set<Cid> dropped = new HashSet<>();
        drop(older, kept, dropped);
        return dropped;
    }

    private static void referenced(Node node, Set<Cid> into) {
        for (Subtree subtree : node.subtrees) {
            if (!subtree.isNone()) {
                into.add(subtree.cid());
                if (subtree.isFresh()) {
                    referenced(subtree.node(), into);
                }
            }
        }
    }

    private static void drop(Node node, Set<Cid> kept, Set<Cid> dropped) {
        // Whatever hangs below a node that was kept was kept with it.
        if (kept.contains(node.cid())) {
            return;
        }
        dropped.add(node.cid());
        for (Subtree subtree : node.subtrees) {
            if (!subtree.isNone() && !kept.contains(subtree.cid())) {
                drop(subtree.node(), kept, dropped);
            }
        }
    }

    /// Leaves in key order, loading nodes as it comes to them and keeping none.
    static final class Leaves implements Iterator<MstEntry> {
        private final Deque<Step> open = new ArrayDeque<>();

        /// The next key of a node that is still to be given.
        private record Step(Node node, int next) {}

        Leaves(Node root, String from) {
            Node node = root;
            while (true) {
                int found = node.find(from);
                int next = node.gap(from);
                open.push(new Step(node, next));
                if (found >= 0 || node.subtrees[next].isNone()) {
                    break;
                }
                node = node.subtrees[next].peek();
            }
            settle();
        }

        @Override
        public boolean hasNext() {
            return !open.isEmpty();
        }

        @Override
        public MstEntry next() {
            if (open.isEmpty()) {
                throw new NoSuchElementException();
            }
            Step step = open.pop();
            Node node = step.node;
            open.push(new Step(node, step.next + 1));
            for (Subtree subtree = node.subtrees[step.next + 1]; !subtree.isNone(); ) {
                Node child = subtree.peek();
                open.push(new Step(child, 0));
                subtree = child.subtrees[0];
            }
            settle();
            return new MstEntry(node.keys[step.next], node.values[step.next]);
        }

        private void settle() {
            while (!open.isEmpty() && open.peek().next >= open.peek().node.keys.length) {
                open.pop();
            }
        }
    }
}
