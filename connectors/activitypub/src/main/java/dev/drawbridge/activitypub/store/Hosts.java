package dev.drawbridge.activitypub.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.drawbridge.activitypub.object.signature.Generation;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;

/// What other servers turned out to understand, in MongoDB. Nothing about people.
public final class Hosts {
    private final MongoCollection<Document> all;

    public Hosts(MongoDatabase database) {
        all = database.getCollection("activitypub_hosts");
    }

    /// Which signatures a host understands.
    ///
    /// @param at when we learned it
    public record Speaks(Generation generation, Instant at) {}

    public Optional<Speaks> speaks(String host) {
        return Optional.ofNullable(all.find(Filters.eq("_id", host)).first())
                .flatMap(stored -> Generation.of(stored.getString("speaks"))
                        .map(g -> new Speaks(g, stored.getDate("at").toInstant())));
    }

    public void learn(String host, Speaks speaks) {
        all.updateOne(
                Filters.eq("_id", host),
                Updates.combine(
                        Updates.set("speaks", speaks.generation().word()), Updates.set("at", Date.from(speaks.at()))),
                new UpdateOptions().upsert(true));
    }
}
