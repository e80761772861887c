package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;

/// A collection, with the operations every compatible server has, and with errors by code.
final class Documents {
    private static final Bson UNSORTED = new Document();

    private final MongoCollection<Document> collection;

    Documents(MongoDatabase database, String name) {
        this.collection = database.getCollection(name);
    }

    private Documents(MongoCollection<Document> collection) {
        this.collection = collection;
    }

    /// The same collection for what may be lost in a crash: written without waiting for the disk.
    Documents unsynced() {
        return new Documents(collection.withWriteConcern(WriteConcern.W1.withJournal(false)));
    }

    Optional<Row> byId(String id) {
        return first(eq("_id", id), UNSORTED);
    }

    Optional<Row> first(Bson filter) {
        return first(filter, UNSORTED);
    }

    Optional<Row> first(Bson filter, Bson sort) {
        return ask(() -> Optional.ofNullable(
                        collection.find(filter).sort(sort).limit(1).first()))
                .map(Row::new);
    }

    List<Row> list(Bson filter, Bson sort, int limit) {
        return list(filter, sort, 0, limit);
    }

    /// @param limit 0 for all
    List<Row> list(Bson filter, Bson sort, int skip, int limit) {
        return ask(() -> collection
                .find(filter)
                .sort(sort)
                .skip(skip)
                .limit(limit)
                .map(Row::new)
                .into(new ArrayList<>()));
    }

    /// Calls `visitor` for each document that matches, without keeping them all in memory.
    void each(Bson filter, Consumer<Row> visitor) {
        try (MongoCursor<Document> cursor = ask(() -> collection.find(filter).cursor())) {
            while (ask(cursor::hasNext)) {
                visitor.accept(new Row(ask(cursor::next)));
            }
        }
    }

    List<String> distinct(String field, Bson filter) {
        return ask(() -> collection.distinct(field, filter, String.class).into(new ArrayList<>()));
    }

    List<Document> aggregate(List<Bson> stages) {
        return ask(() -> collection.aggregate(stages).into(new ArrayList<>()));
    }

    long count(Bson filter) {
        return ask(() -> collection.countDocuments(filter));
    }

    /// @param limit more are not counted
    long count(Bson filter, int limit) {
        return ask(() -> collection.countDocuments(filter, new CountOptions().limit(limit)));
    }

    boolean exists(Bson filter) {
        return first(filter).isPresent();
    }

    /// @return false if a unique key is taken
    boolean insert(Document document) {
        return ask(() -> {
            try {
                collection.insertOne(document);
                return true;
            } catch (MongoException e) {
                return StoreErrors.taken(e);
            }
        });
    }

    /// Stores a document in the place of the one with its id, if there is one.
    void put(Document document) {
        Bson id = eq("_id", document.get("_id"));
        ask(() -> {
            try {
                return collection.replaceOne(id, document, new ReplaceOptions().upsert(true));
            } catch (MongoException e) {
                StoreErrors.taken(e);
                // Somebody inserted it between the server's look and its insert.
                return collection.replaceOne(id, document);
            }
        });
    }

    /// @return whether a document matched
    boolean update(Bson filter, Bson change) {
        return ask(() -> collection.updateOne(filter, change).getMatchedCount() > 0);
    }

    /// Updates the document that matches, or makes one. `filter` names the id and may have further conditions.
    ///
    /// @return false if there is a document with that id and it does not match, or another unique key is taken
    boolean upsert(Bson filter, Bson change) {
        return ask(() -> {
            try {
                collection.updateOne(filter, change, new UpdateOptions().upsert(true));
                return true;
            } catch (MongoException e) {
                StoreErrors.taken(e);
                // Either the conditions failed, or somebody made it meanwhile and they may well hold now.
                return collection.updateOne(filter, change).getMatchedCount() > 0;
            }
        });
    }

    /// Removes one document.
    ///
    /// @return the document, to one caller only
    Optional<Row> take(Bson filter) {
        return ask(() -> Optional.ofNullable(collection.findOneAndDelete(filter)))
                .map(Row::new);
    }

    /// @return how many there were
    long delete(Bson filter) {
        return ask(() -> collection.deleteMany(filter).getDeletedCount());
    }

    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (MongoException e) {
            throw StoreErrors.told(e);
        }
    }
}
