package dev.drawbridge.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;

/// Makes the indexes of all stores, and checks that they are what they should be. Doing it again changes nothing.
final class MongoIndexes {
    private static final List<Index> ALL = Stream.of(
                    MongoConsents.INDEXES,
                    MongoIdentityMap.INDEXES,
                    MongoLedger.INDEXES,
                    MongoFollows.INDEXES,
                    MongoParking.INDEXES,
                    MongoDeadLetters.INDEXES,
                    MongoCrossings.INDEXES,
                    MongoFlow.INDEXES,
                    MongoComplaints.INDEXES,
                    MongoDailyQuotas.INDEXES,
                    MongoDigests.INDEXES,
                    MongoKeyStore.INDEXES,
                    MongoLinks.INDEXES,
                    MongoNotices.INDEXES,
                    MongoOperators.INDEXES,
                    MongoRules.INDEXES)
            .flatMap(List::stream)
            .toList();

    private MongoIndexes() {}

    /// @throws IllegalStateException if an index is there with other fields or without being unique, or the
    ///     documents that are there break it
    /// @throws dev.drawbridge.model.port.StoreUnavailableException if the store is down
    static void ensure(MongoDatabase database) {
        try {
            ALL.forEach(index -> {
                MongoCollection<Document> collection = database.getCollection(index.collection());
                if (!present(collection, index)) {
                    create(collection, index);
                }
            });
        } catch (MongoException e) {
            throw StoreErrors.told(e);
        }
    }

    private static boolean present(MongoCollection<Document> collection, Index index) {
        for (Document found : collection.listIndexes().into(new ArrayList<>())) {
            if (index.name().equals(found.getString("name"))) {
                requireSame(index, found);
                return true;
            }
        }
        return false;
    }

    private static void requireSame(Index index, Document found) {
        Document key = found.get("key", Document.class);
        boolean sameFields = List.copyOf(key.keySet()).equals(index.fields());
        if (!sameFields || found.getBoolean("unique", false) != index.unique()) {
            throw new IllegalStateException("the index " + index.name() + " of " + index.collection()
                    + " is not the one this version needs; drop it and start again: " + found.toJson());
        }
    }

    private static void create(MongoCollection<Document> collection, Index index) {
        try {
            IndexOptions options = new IndexOptions().name(index.name()).unique(index.unique());
            collection.createIndex(Indexes.ascending(index.fields()), options);
        } catch (MongoException e) {
            if (StoreErrors.told(e) != e) {
                throw e;
            }
            throw new IllegalStateException(
                    "the index " + index.name() + " of " + index.collection() + " cannot be made: " + e.getMessage(),
                    e);
        }
    }
}
