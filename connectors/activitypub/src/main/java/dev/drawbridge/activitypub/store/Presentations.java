package dev.drawbridge.activitypub.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/// The actors of this instance, in MongoDB. One per origin, one per username.
public final class Presentations {
    private static final String USERNAME = "username";
    private final MongoCollection<Document> actors;

    public Presentations(MongoDatabase database) {
        actors = database.getCollection("activitypub_actors");
        actors.createIndex(Indexes.ascending(USERNAME), new IndexOptions().unique(true));
    }

    /// Stores somebody new under the first username that is free.
    ///
    /// @param wanted without regard to its username
    /// @param usernames the best first
    /// @return what is stored now: the new one, or the one its origin had already
    /// @throws IllegalStateException if every username is taken
    public Presentation putIfAbsent(Presentation wanted, List<String> usernames) {
        for (String username : usernames) {
            var known = byOrigin(wanted.origin());
            if (known.isPresent()) {
                return known.get();
            }
            try {
                actors.insertOne(document(wanted, username));
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
            }
        }
        return byOrigin(wanted.origin())
                .orElseThrow(() -> new IllegalStateException("every username is taken: " + usernames));
    }

    public Optional<Presentation> byOrigin(NativeId origin) {
        return one("_id", origin.key());
    }

    public Optional<Presentation> byUsername(String username) {
        return one(USERNAME, username);
    }

    /// Changes what somebody shows. Does nothing if they are not here.
    public void show(NativeId origin, String card) {
        actors.updateOne(Filters.eq("_id", origin.key()), Updates.set("card", card));
    }

    /// Marks somebody as left or returned. Does nothing if they are not here.
    public void setGone(NativeId origin, boolean gone) {
        actors.updateOne(Filters.eq("_id", origin.key()), Updates.set("gone", gone));
    }

    /// How many have not left.
    public long count() {
        return actors.countDocuments(Filters.eq("gone", false));
    }

    private Optional<Presentation> one(String field, String value) {
        return Optional.ofNullable(actors.find(Filters.eq(field, value)).first())
                .map(Presentations::presentation);
    }

    private static Document document(Presentation shown, String username) {
        return new Document("_id", shown.origin().key())
                .append(USERNAME, username)
                .append("host", shown.host())
                .append("home", shown.home())
                .append("publicKey", new Binary(shown.publicKey()))
                .append("card", shown.card())
                .append("gone", shown.gone())
                .append("createdAt", Date.from(shown.createdAt()));
    }

    private static Presentation presentation(Document stored) {
        Instant createdAt = stored.getDate("createdAt").toInstant();
        return new Presentation(
                NativeId.parse(stored.getString("_id")),
                stored.getString(USERNAME),
                stored.getString("host"),
                stored.get("home", ""),
                stored.get("publicKey", Binary.class).getData(),
                stored.getString("card"),
                stored.getBoolean("gone", false),
                createdAt);
    }
}
