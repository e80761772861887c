package dev.drawbridge.mongo.embedded;

import java.util.Iterator;
import java.util.List;

/// Positions of documents in the order of some of their fields.
interface Scannable {
    /// The fields, in order.
    List<String> fields();

    /// Whether no two documents have the same values.
    boolean unique();

    /// Whether every document is in it once, so that its order is an order of documents.
    boolean complete();

    /// Whether some document is in it more than once, because a field holds an array.
    boolean multikey();

    /// Positions of the entries from `from` to `to`, both included, or backwards.
    Iterator<Key> positions(Key from, Key to, boolean backwards);
}
