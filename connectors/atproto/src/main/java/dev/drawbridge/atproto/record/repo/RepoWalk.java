package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.mst.NodeParts;
import dev.drawbridge.atproto.record.mst.NodeParts.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through a tree in streamable order, each node before what is below it and records between, and fetches many
/// blocks at once: what comes next in that order, as far as it is known by then. What is held is bounded by the size of
/// a batch and the height of the tree, not by the repository.
final class RepoWalk {
    /// Blocks fetched together.
    private static final int BATCH = 200;

    /// Bytes that wait for what comes before them; beyond it only a few more are fetched at once.
    private static final long MUCH = 8L << 20;

    private static final int FEW = 10;

    private final RepoExport.Blocks blocks;
    private final Visitor visitor;
    private final LinkedList<Item> ahead = new LinkedList<>();
    private long held;

    /// Is shown every block that is wanted; one that is in several places perhaps several times.
    @FunctionalInterface
    interface Visitor {
        void block(Cid cid, byte[] bytes);
    }

    /// Something to be shown.
    ///
    /// @param bytes the block once it is fetched
    private record Item(Cid cid, boolean node, byte @Nullable [] bytes) {}

    RepoWalk(RepoExport.Blocks blocks, Visitor visitor) {
        this.blocks = blocks;
        this.visitor = visitor;
    }

    /// @param top of the tree
    void from(Cid top) {
        ahead.add(new Item(top, true, null));
        while (!ahead.isEmpty()) {
            fetchNext();
            for (Item next = ahead.peekFirst(); next != null && next.bytes != null; next = ahead.peekFirst()) {
                ahead.removeFirst();
                show(next.cid, next.bytes);
            }
        }
    }

    private void show(Cid cid, byte[] bytes) {
        held -= bytes.length;
        visitor.block(cid, bytes);
    }

    /// Fetches the first items that are not fetched yet, and puts behind each node what it refers to.
    private void fetchNext() {
        int most = held > MUCH ? FEW : BATCH;
        Set<Cid> wanted = new LinkedHashSet<>();
        for (Item item : ahead) {
            if (item.bytes == null && wanted.add(item.cid) && wanted.size() == most) {
                break;
            }
        }
        Map<Cid, byte[]> found = blocks.fetch(wanted);
        for (ListIterator<Item> items = ahead.listIterator(); items.hasNext(); ) {
            Item item = items.next();
            if (item.bytes == null && wanted.contains(item.cid)) {
                items.remove();
                fetched(item, found.get(item.cid), items);
            }
        }
    }

    private void fetched(Item item, byte @Nullable [] bytes, ListIterator<Item> place) {
        if (bytes == null) {
            return;
        }
        held += bytes.length;
        place.add(new Item(item.cid, item.node, bytes));
        if (item.node) {
            below(bytes).forEach(place::add);
        }
    }

    private static List<Item> below(byte[] node) {
        List<Item> items = new ArrayList<>();
        for (Part part : NodeParts.of(node)) {
            items.add(new Item(part.cid(), part instanceof Part.Below, null));
        }
        return items;
    }
}
