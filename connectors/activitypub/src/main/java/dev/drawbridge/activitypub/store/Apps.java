package dev.drawbridge.activitypub.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Optional;
import org.bson.Document;

/// What this instance is called at servers that ask their people whether they may sign in here, in MongoDB. Nothing
/// about people: with it alone nobody gets at anything.
public final class Apps {
    private final MongoCollection<Document> all;

    public Apps(MongoDatabase database) {
        all = database.getCollection("activitypub_apps");
    }

    /// @param id and `secret` as the server gave them
    /// @param scope what it may ask for
    public record App(String id, String secret, String scope) {}

    /// @param origin of the server
    /// @param back where it sends people: what it was told once is good for that place only
    public Optional<App> find(String origin, String back) {
        return Optional.ofNullable(
                        all.find(Filters.eq("_id", key(origin, back))).first())
                .map(kept -> new App(kept.getString("id"), kept.getString("secret"), kept.getString("scope")));
    }

    public void keep(String origin, String back, App app) {
        all.replaceOne(
                Filters.eq("_id", key(origin, back)),
                new Document("_id", key(origin, back))
                        .append("id", app.id())
                        .append("secret", app.secret())
                        .append("scope", app.scope()),
                new ReplaceOptions().upsert(true));
    }

    /// The server does not know it any more.
    public void forget(String origin, String back, App app) {
        all.deleteOne(Filters.and(Filters.eq("_id", key(origin, back)), Filters.eq("id", app.id())));
    }

    private static String key(String origin, String back) {
        return origin + " " + back;
    }
}
