package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.MongoDatabase;

/// The version of the layout of all documents, kept in the database so that an older program never misreads it.
final class Layout {
    private static final String ID = "layout";

    private Layout() {}

    /// @throws IllegalStateException if a newer program wrote the data
    static void check(MongoDatabase database) {
        Documents settings = new Documents(database, "settings");
        settings.upsert(eq("_id", ID), setOnInsert(Row.VERSION, Row.LAYOUT));
        long found = settings.byId(ID).map(row -> row.number(Row.VERSION)).orElse((long) Row.LAYOUT);
        if (found > Row.LAYOUT) {
            throw new IllegalStateException("the data in " + database.getName() + " has layout " + found
                    + " and this version reads up to " + Row.LAYOUT + "; start a newer version");
        }
    }
}
