package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.IdentityMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [IdentityMap] on MongoDB: a document per ghost, by its id.
final class MongoIdentityMap implements IdentityMap {
    static final List<Index> INDEXES =
            List.of(Index.unique("ghosts", "origin", "network"), Index.of("ghosts", "network"));

    private static final Bson BY_ID = new Document("_id", 1);

    private final Documents ghosts;

    MongoIdentityMap(MongoDatabase database) {
        ghosts = new Documents(database, "ghosts");
    }

    @Override
    public Ghost putIfAbsent(Ghost ghost) {
        Optional<Ghost> first = find(ghost.origin(), ghost.network());
        if (first.isPresent()) {
            return first.get();
        }
        Document document = Row.of(ghost.id().key())
                .append("origin", ghost.origin().key())
                .append("network", ghost.network().name())
                .append("handle", ghost.handle())
                .append("active", ghost.active())
                .append("createdAt", Row.write(ghost.createdAt()));
        if (ghosts.insert(document)) {
            return ghost;
        }
        return find(ghost.origin(), ghost.network())
                .orElseThrow(() -> new IllegalStateException(ghost.id() + " already stands for "
                        + byId(ghost.id()).map(Ghost::origin).map(NativeId::key).orElse("somebody else")));
    }

    @Override
    public void setActive(NativeId ghost, boolean active) {
        ghosts.update(eq("_id", ghost.key()), set("active", active));
    }

    @Override
    public void rename(NativeId ghost, String handle) {
        ghosts.update(eq("_id", ghost.key()), set("handle", handle));
    }

    @Override
    public Optional<Ghost> find(NativeId origin, Network network) {
        return ghosts.first(and(eq("origin", origin.key()), eq("network", network.name())))
                .map(MongoIdentityMap::ghost);
    }

    @Override
    public Optional<Ghost> byId(NativeId ghost) {
        return ghosts.byId(ghost.key()).map(MongoIdentityMap::ghost);
    }

    @Override
    public List<Ghost> of(NativeId origin) {
        return ghosts.list(eq("origin", origin.key()), BY_ID, 0).stream()
                .map(MongoIdentityMap::ghost)
                .toList();
    }

    @Override
    public void forEach(Network network, Consumer<Ghost> visitor) {
        ghosts.each(eq("network", network.name()), row -> visitor.accept(ghost(row)));
    }

    private static Ghost ghost(Row row) {
        return new Ghost(
                row.nativeId("origin"),
                NativeId.parse(row.id()),
                row.text("handle"),
                row.flag("active"),
                row.time("createdAt"));
    }
}
