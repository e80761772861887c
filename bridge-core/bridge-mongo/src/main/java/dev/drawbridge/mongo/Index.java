package dev.drawbridge.mongo;

import java.util.List;

/// An index a store needs.
///
/// @param collection of which collection
/// @param unique whether it carries an invariant
/// @param fields in order, all ascending
record Index(String collection, boolean unique, List<String> fields) {
    static Index of(String collection, String... fields) {
        return new Index(collection, false, List.of(fields));
    }

    static Index unique(String collection, String... fields) {
        return new Index(collection, true, List.of(fields));
    }

    /// Says what it is for, the same at every start.
    String name() {
        return String.join("_", fields);
    }
}
