package dev.drawbridge.mongo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is asked, an answer from an index is the answer that looking at every document gives.
class QueryPlanTest {
    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @TempDir
    static Path folder;

    private static MongoDatabase database;

    @BeforeAll
    static void start() {
        EmbeddedMongo server = EmbeddedMongo.open(folder);
        MongoClient client = MongoClients.create(server.uri());
        OPEN.addAll(List.of(client, server));
        database = client.getDatabase("plans");
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable open : OPEN) {
            open.close();
        }
    }

    @Test
    void indexesAnswerWhatLookingAtEveryDocumentAnswers() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        MongoCollection<Document> plain = database.getCollection("plain");
        MongoCollection<Document> indexed = database.getCollection("indexed");
        indexed.createIndex(Indexes.ascending("a"));
        indexed.createIndex(Indexes.ascending("a", "b", "c"));
        indexed.createIndex(Indexes.ascending("c", "b"));
        indexed.createIndex(Indexes.descending("b"), new IndexOptions().sparse(true));
        indexed.createIndex(Indexes.ascending("list", "a"));
        indexed.createIndex(Indexes.ascending("sub.x"));
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            documents.add(document(i, random));
        }
        plain.insertMany(documents);
        indexed.insertMany(documents);
        change(plain, new Random(seed));
        change(indexed, new Random(seed));
        for (int i = 0; i < 400; i++) {
            Document query = query(random);
            Document order = order(random);
            int skip = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
            int limit = order.isEmpty() ? 0 : random.nextInt(8);
            assertThat(answer(indexed, query, order, order.isEmpty() ? 0 : skip, limit))
                    .as("seed %d: %s sorted by %s, skip %d, limit %d", seed, query, order, skip, limit)
                    .isEqualTo(answer(plain, query, order, order.isEmpty() ? 0 : skip, limit));
            assertThat(indexed.countDocuments(query)).isEqualTo(plain.countDocuments(query));
        }
    }

    private static List<Document> answer(
            MongoCollection<Document> collection, Bson query, Document order, int skip, int limit) {
        FindIterable<Document> found =
                collection.find(query).sort(order).skip(skip).limit(limit);
        List<Document> answer = found.into(new ArrayList<>());
        if (order.isEmpty()) {
            answer.sort((x, y) -> x.getInteger("_id").compareTo(y.getInteger("_id")));
        }
        return answer;
    }

    /// Updates and removes at random, so that entries of indexes come and go.
    private static void change(MongoCollection<Document> collection, Random random) {
        for (int i = 0; i < 100; i++) {
            Document id = new Document("_id", random.nextInt(300));
            switch (random.nextInt(5)) {
                case 0 -> collection.deleteOne(id);
                case 1 -> collection.updateOne(id, new Document("$unset", new Document("b", 1)));
                case 2 -> collection.updateOne(id, new Document("$set", new Document("a", value(random))));
                case 3 -> collection.updateOne(id, new Document("$set", new Document("list", list(random))));
                default -> collection.findOneAndReplace(id, document(id.getInteger("_id"), random));
            }
        }
    }

    private static Document document(int id, Random random) {
        Document document = new Document("_id", id);
        for (String field : List.of("a", "b", "c")) {
            if (random.nextInt(5) > 0) {
                document.append(field, value(random));
            }
        }
        if (random.nextInt(3) > 0) {
            document.append("list", list(random));
        }
        if (random.nextInt(3) > 0) {
            document.append("sub", new Document("x", value(random)));
        }
        return document;
    }

    private static List<Object> list(Random random) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(scalar(random));
        }
        return list;
    }

    private static Object value(Random random) {
        return random.nextInt(12) == 0 ? null : scalar(random);
    }

    private static Object scalar(Random random) {
        int n = random.nextInt(5);
        return switch (random.nextInt(6)) {
            case 0 -> n;
            case 1 -> (long) n;
            case 2 -> n / 2.0;
            case 3 -> n % 2 == 0;
            case 4 -> Date.from(Instant.ofEpochSecond(n));
            default -> "text " + n;
        };
    }

    private static Document query(Random random) {
        Document query = new Document();
        List<String> fields = List.of("a", "b", "c", "list", "sub.x", "_id");
        for (int i = random.nextInt(4); i > 0; i--) {
            String field = fields.get(random.nextInt(fields.size()));
            Object asked = field.equals("_id") ? asked(random, random.nextInt(300)) : asked(random, scalar(random));
            if (random.nextInt(6) == 0) {
                query.append("$and", List.of(new Document(field, asked)));
            } else if (random.nextInt(8) == 0) {
                query.append("$or", List.of(new Document(field, asked), new Document("a", scalar(random))));
            } else {
                query.append(field, asked);
            }
        }
        return query;
    }

    private static Object asked(Random random, Object value) {
        return switch (random.nextInt(10)) {
            case 0 -> new Document("$gt", value);
            case 1 -> new Document("$gte", value).append("$lt", scalar(random));
            case 2 -> new Document("$lte", value);
            case 3 -> new Document("$in", Arrays.asList(value, scalar(random), random.nextInt(4) == 0 ? null : value));
            case 4 -> new Document("$exists", random.nextBoolean());
            case 5 -> new Document("$ne", value);
            case 6 -> random.nextInt(3) == 0 ? null : value;
            default -> value;
        };
    }

    private static Document order(Random random) {
        Document order = new Document();
        if (random.nextInt(4) > 0) {
            int direction = random.nextBoolean() ? 1 : -1;
            List<List<String>> orders = List.of(
                    List.of("a"), List.of("a", "b"), List.of("b", "c"), List.of("c"), List.of("sub.x"), List.of());
            for (String field : orders.get(random.nextInt(orders.size()))) {
                order.append(field, random.nextInt(5) == 0 ? -direction : direction);
            }
            order.append("_id", direction);
        }
        return order;
    }

    @Test
    void aUniqueIndexRefusesWhatIsThereAndLetsGoOfWhatIsRemoved() {
        MongoCollection<Document> things = database.getCollection("unique");
        things.createIndex(Indexes.ascending("x", "y"), new IndexOptions().unique(true));
        things.insertOne(new Document("_id", 1).append("x", "a").append("y", 1));
        things.insertOne(new Document("_id", 2).append("x", "a").append("y", 2));
        assertTaken(
                () -> things.insertOne(new Document("_id", 3).append("x", "a").append("y", 1L)));
        assertTaken(() -> things.updateOne(new Document("_id", 2), new Document("$set", new Document("y", 1.0))));
        assertTaken(() -> things.insertOne(new Document("_id", 1)));
        assertThat(things.countDocuments()).isEqualTo(2);
        things.deleteOne(new Document("_id", 1));
        things.updateOne(new Document("_id", 2), new Document("$set", new Document("y", 1)));
        assertThat(things.find(new Document("x", "a").append("y", 1)).first()).containsEntry("_id", 2);
    }

    @Test
    void anIndexThatTheDocumentsBreakIsRefusedEveryTime() {
        MongoCollection<Document> things = database.getCollection("broken");
        things.insertMany(List.of(new Document("x", 1), new Document("x", 2), new Document("x", 1)));
        for (int i = 0; i < 2; i++) {
            assertTaken(() -> things.createIndex(Indexes.ascending("x"), new IndexOptions().unique(true)));
        }
        things.insertOne(new Document("x", 2));
        assertThat(things.countDocuments(new Document("x", 2))).isEqualTo(2);
    }

    @Test
    void anIndexIsNotTakenForAnotherOfItsName() {
        MongoCollection<Document> things = database.getCollection("names");
        things.createIndex(Indexes.ascending("x"), new IndexOptions().name("i"));
        assertThatThrownBy(() -> things.createIndex(Indexes.ascending("y"), new IndexOptions().name("i")))
                .isInstanceOf(MongoException.class);
        things.createIndex(Indexes.ascending("x"), new IndexOptions().name("i"));
    }

    @Test
    void aDroppedCollectionLeavesNothingForTheNextOfItsName() {
        MongoCollection<Document> things = database.getCollection("dropped");
        things.createIndex(Indexes.ascending("x"), new IndexOptions().unique(true));
        things.insertOne(new Document("x", 1));
        things.drop();
        things.insertOne(new Document("x", 1));
        things.insertOne(new Document("x", 1));
        assertThat(things.countDocuments(new Document("x", 1))).isEqualTo(2);
    }

    private static void assertTaken(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        MongoException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
    }
}
