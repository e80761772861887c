package dev.drawbridge.activitypub.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;

/// Which accounts moved last and when, in MongoDB: nobody moves all the time.
public final class Moves {
    private final MongoCollection<Document> all;

    public Moves(MongoDatabase database) {
        all = database.getCollection("activitypub_moves");
    }

    /// Notes that an account moves. The same move may be taken again: it is judged anew after a crash.
    ///
    /// @param actor the account that is left
    /// @param move the id of the activity
    /// @param between how long it must not move again
    /// @return false if another move of it is younger than that; then nothing changes
    public boolean take(String actor, String move, Instant now, Duration between) {
        var free = Filters.or(Filters.eq("move", move), Filters.lte("at", Date.from(now.minus(between))));
        try {
            all.updateOne(
                    Filters.and(Filters.eq("_id", actor), free),
                    Updates.combine(Updates.set("move", move), Updates.set("at", Date.from(now))),
                    new UpdateOptions().upsert(true));
            return true;
        } catch (MongoWriteException e) {
            // The account is there, and the filter found it busy.
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }
}
