package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.cbor.Cid;
import org.jspecify.annotations.Nullable;

/// What hangs between two keys of a node: nothing, a node in memory, or a node still in its source, which is loaded on
/// first use. Loading twice from two threads is harmless, as both get equal immutable nodes.
final class Subtree {
    static final Subtree NONE = new Subtree(null, null);

    private final @Nullable Stored stored;
    private volatile @Nullable Node node;

    /// A node in its source, with what its place says about it.
    ///
    /// @param above keys in it are greater than this
    /// @param below keys in it are less than this
    record Stored(NodeLoader loader, Cid cid, int height, String above, String below) {
        Node load() {
            return loader.load(this);
        }
    }

    private Subtree(@Nullable Stored stored, @Nullable Node node) {
        this.stored = stored;
        this.node = node;
    }

    static Subtree of(Node node) {
        return node.isEmpty() ? NONE : new Subtree(null, node);
    }

    static Subtree of(Stored stored) {
        return new Subtree(stored, null);
    }

    boolean isNone() {
        return this == NONE;
    }

    /// True if it was made in memory, so that no source has its block.
    boolean isFresh() {
        Node known = node;
        return stored == null && known != null && !known.stored;
    }

    /// @throws MissingBlock if it has to be loaded and is not there
    /// @throws IllegalStateException if there is nothing here
    Node node() {
        Node known = node;
        if (known == null) {
            known = peek();
            node = known;
        }
        return known;
    }

    /// Like [#node()], but does not keep what it had to load.
    Node peek() {
        Node known = node;
        if (known != null) {
            return known;
        }
        if (stored == null) {
            throw new IllegalStateException("no subtree here");
        }
        return stored.load();
    }

    /// @throws IllegalStateException if there is nothing here
    Cid cid() {
        return stored != null ? stored.cid() : node().cid();
    }
}
