package dev.drawbridge.it.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real store alone does what the bridge relies on.
class RealStoreIT {
    private final String database = "it_" + UUID.randomUUID().toString().replace("-", "");
    private MongoClient client;
    private MongoCollection<Document> posts;

    @BeforeEach
    void connect() {
        client = MongoClients.create(RealStore.uri());
        posts = client.getDatabase(database).getCollection("posts");
    }

    @AfterEach
    void leaveNothing() {
        if (client != null) {
            client.getDatabase(database).drop();
            client.close();
        }
    }

    @Test
    void aSecondDocumentWithAUniqueValueIsRefusedByCode() {
        posts.createIndex(Indexes.ascending("copy"), new IndexOptions().unique(true));
        posts.insertOne(new Document("_id", "a").append("copy", 1));

        var sameId = catchThrowableOfType(
                MongoWriteException.class, () -> posts.insertOne(new Document("_id", "a").append("copy", 2)));
        var sameCopy = catchThrowableOfType(
                MongoWriteException.class, () -> posts.insertOne(new Document("_id", "b").append("copy", 1)));

        assertThat(sameId.getError().getCode()).isEqualTo(11000);
        assertThat(sameCopy.getError().getCode()).isEqualTo(11000);
        assertThat(posts.listIndexes()).hasSize(2);
    }

    @Test
    void manyDocumentsComeInPages() {
        posts.insertMany(IntStream.range(0, 1500)
                .mapToObj(i -> new Document("_id", i).append("even", i % 2 == 0))
                .toList());

        var evens = posts.find(Filters.eq("even", true))
                .sort(new Document("_id", 1))
                .batchSize(100)
                .into(new ArrayList<>());

        assertThat(evens).hasSize(750).isSortedAccordingTo((a, b) -> a.getInteger("_id") - b.getInteger("_id"));
        assertThat(posts.countDocuments(Filters.eq("even", false))).isEqualTo(750);
    }

    @Test
    void aCounterNeverGivesTheSameNumberTwice() {
        var counter = new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

        var numbers = IntStream.range(0, 200)
                .parallel()
                .mapToObj(_ -> posts.findOneAndUpdate(Filters.eq("_id", "seq"), Updates.inc("next", 1L), counter)
                        .getLong("next"))
                .toList();

        assertThat(numbers).doesNotHaveDuplicates().hasSize(200);
    }

    @Test
    void updatesAndDeletesSayHowManyTheyTouched() {
        posts.insertOne(new Document("_id", "a").append("tags", new ArrayList<>()));

        assertThat(posts.updateOne(Filters.eq("_id", "a"), Updates.addToSet("tags", "x"))
                        .getModifiedCount())
                .isEqualTo(1);
        assertThat(posts.updateOne(Filters.eq("_id", "a"), Updates.addToSet("tags", "x"))
                        .getModifiedCount())
                .isZero();
        assertThat(posts.deleteMany(Filters.in("_id", "a", "b")).getDeletedCount())
                .isEqualTo(1);
    }
}
