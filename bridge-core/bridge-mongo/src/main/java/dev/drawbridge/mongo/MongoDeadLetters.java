package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.DeadLetters;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [DeadLetters] on MongoDB.
final class MongoDeadLetters implements DeadLetters {
    static final List<Index> INDEXES = List.of(Index.of("deadLetters", "at"));

    private static final Bson NEWEST_FIRST = orderBy(descending("at"), ascending("_id"));

    /// Comes after whatever ids have.
    private static final char LAST = Character.MAX_VALUE;

    private final Documents letters;

    MongoDeadLetters(MongoDatabase database) {
        letters = new Documents(database, "deadLetters");
    }

    @Override
    public void put(DeadLetter letter) {
        letters.put(Row.of(letter.id())
                .append("stage", letter.stage().name())
                .append("destination", letter.destination())
                .append("reason", letter.reason())
                .append("body", letter.body())
                .append("at", Row.write(letter.at())));
    }

    @Override
    public Optional<DeadLetter> find(String id) {
        return letters.byId(id).map(MongoDeadLetters::letter);
    }

    @Override
    public void remove(String id) {
        letters.delete(eq("_id", id));
    }

    @Override
    public List<DeadLetter> newest(int limit) {
        return letters.list(new Document(), NEWEST_FIRST, limit).stream()
                .map(MongoDeadLetters::letter)
                .toList();
    }

    @Override
    public List<DeadLetter> under(String prefix, int limit) {
        Bson range = and(gte("_id", prefix), lt("_id", prefix + LAST));
        return letters.list(range, ascending("_id"), limit).stream()
                .map(MongoDeadLetters::letter)
                .toList();
    }

    @Override
    public long count() {
        return letters.count(new Document());
    }

    private static DeadLetter letter(Row row) {
        return new DeadLetter(
                row.id(),
                Stage.valueOf(row.text("stage")),
                row.text("destination"),
                row.text("reason"),
                row.text("body"),
                row.time("at"));
    }
}
