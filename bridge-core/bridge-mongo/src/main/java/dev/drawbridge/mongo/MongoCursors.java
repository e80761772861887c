package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.Cursors;
import java.util.Optional;

/// [Cursors] on MongoDB.
final class MongoCursors implements Cursors {
    private final Documents cursors;

    MongoCursors(MongoDatabase database) {
        cursors = new Documents(database, "cursors");
    }

    @Override
    public Optional<String> get(String stream) {
        return cursors.byId(stream).map(row -> row.text("cursor"));
    }

    @Override
    public void put(String stream, String cursor) {
        cursors.put(Row.of(stream).append("cursor", cursor));
    }

    @Override
    public void remove(String stream) {
        cursors.delete(eq("_id", stream));
    }
}
