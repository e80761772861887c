package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.nostr.event.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Presentations] on MongoDB.
public final class MongoPresentations implements Presentations {
    private static final int DUPLICATE_KEY = 11000;
    private final MongoCollection<Document> ghosts;

    /// Creates the indexes that are missing.
    public MongoPresentations(MongoDatabase database) {
        ghosts = database.getCollection("nostr_ghosts");
        ghosts.createIndex(Indexes.ascending("origin"), new IndexOptions().unique(true));
        ghosts.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        ghosts.createIndex(Indexes.ascending("bot"));
    }

    @Override
    public Optional<Presentation> claim(Presentation presentation) {
        Optional<Presentation> stored = byOrigin(presentation.origin());
        if (stored.isPresent()) {
            return stored;
        }
        try {
            ghosts.insertOne(document(presentation));
            return Optional.of(presentation);
        } catch (MongoWriteException e) {
            if (e.getError().getCode() != DUPLICATE_KEY) {
                throw e;
            }
            return byOrigin(presentation.origin());
        }
    }

    private static Document document(Presentation presentation) {
        return new Document("_id", presentation.key().hex())
                .append("origin", presentation.origin().key())
                .append("keyRef", presentation.keyRef())
                .append("name", presentation.name())
                .append("bot", presentation.bot())
                .append("createdAt", presentation.createdAt().toEpochMilli());
    }

    @Override
    public Optional<Presentation> byKey(PublicKey key) {
        return first(eq("_id", key.hex()));
    }

    @Override
    public Optional<Presentation> byOrigin(NativeId origin) {
        return first(eq("origin", origin.key()));
    }

    @Override
    public Optional<Presentation> byName(String name) {
        return first(eq("name", name));
    }

    private Optional<Presentation> first(Bson condition) {
        return Optional.ofNullable(ghosts.find(condition).first()).map(MongoPresentations::presentation);
    }

    @Override
    public List<Presentation> bots() {
        List<Presentation> bots = new ArrayList<>();
        ghosts.find(eq("bot", true)).forEach(document -> bots.add(presentation(document)));
        return bots;
    }

    private static Presentation presentation(Document document) {
        return new Presentation(
                new PublicKey(document.getString("_id")),
                NativeId.parse(document.getString("origin")),
                document.getString("keyRef"),
                document.getString("name"),
                Instant.ofEpochMilli(document.getLong("createdAt")));
    }
}
