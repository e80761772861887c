package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.drawbridge.nostr.event.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/// [KeptAuthors] on MongoDB, one small document each.
public final class MongoKeptAuthors implements KeptAuthors {
    private static final String SINCE = "since";

    private final MongoCollection<Document> authors;

    public MongoKeptAuthors(MongoDatabase database) {
        authors = database.getCollection("nostr_kept_authors");
    }

    @Override
    public void add(PublicKey author, Instant now) {
        authors.updateOne(
                eq("_id", author.hex()),
                Updates.setOnInsert(SINCE, now.toEpochMilli()),
                new UpdateOptions().upsert(true));
    }

    @Override
    public void remove(PublicKey author) {
        authors.deleteOne(eq("_id", author.hex()));
    }

    @Override
    public List<Kept> all() {
        List<Kept> all = new ArrayList<>();
        authors.find()
                .forEach(d ->
                        all.add(new Kept(new PublicKey(d.getString("_id")), Instant.ofEpochMilli(d.getLong(SINCE)))));
        return all;
    }
}
