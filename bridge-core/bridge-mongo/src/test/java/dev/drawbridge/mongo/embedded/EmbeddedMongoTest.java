package dev.drawbridge.mongo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoTest {
    private static final Document ONE = new Document("_id", 1);
    private static final Document NEXT = new Document("$inc", new Document("n", 1));
    private static final Document SET = new Document("$set", new Document("x", 2));

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsThereAfterARestartWithItsIndexes() {
        with(things -> {
            things.createIndex(Indexes.ascending("x"), new IndexOptions().unique(true));
            things.createIndex(Indexes.ascending("y", "x"));
            for (int i = 0; i < 50; i++) {
                things.insertOne(new Document("_id", i).append("x", "x" + i).append("y", i % 5));
            }
            things.deleteOne(new Document("_id", 7));
        });
        with(things -> {
            assertThat(things.countDocuments()).isEqualTo(49);
            assertThat(things.find(new Document("y", 2))
                            .sort(Indexes.descending("x"))
                            .limit(2))
                    .extracting(d -> d.get("_id"))
                    .containsExactly(47, 42);
            assertThatThrownBy(() -> things.insertOne(new Document("x", "x9")))
                    .isInstanceOfSatisfying(
                            MongoException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
            things.insertOne(new Document("_id", 7).append("x", "x7"));
            assertThat(things.listIndexes()).extracting(i -> i.get("name")).hasSize(3);
        });
    }

    @Test
    void itListensOnLoopbackOnly() {
        try (EmbeddedMongo server = EmbeddedMongo.open(folder)) {
            assertThat(server.uri()).matches("mongodb://127\\.0\\.0\\.1:\\d+");
        }
    }

    @Test
    void aSecondInstanceOnTheSameFolderIsToldWhoHasIt() {
        try (EmbeddedMongo server = EmbeddedMongo.open(folder)) {
            assertThat(server.uri()).isNotEmpty();
            assertThatThrownBy(() -> EmbeddedMongo.open(folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(folder.toAbsolutePath().toString())
                    .hasMessageContaining("in use by another instance (process "
                            + ProcessHandle.current().pid() + ")");
        }
        EmbeddedMongo.open(folder).close();
    }

    @Test
    void aFileThatIsNotAStoreIsToldAndLeftAlone() throws IOException {
        Path file = folder.resolve("store.mv");
        Files.writeString(file, "not a store ".repeat(2000));
        assertThatThrownBy(() -> EmbeddedMongo.open(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("store.mv cannot be read");
        assertThat(file).hasContent("not a store ".repeat(2000));
        Files.delete(file);
        EmbeddedMongo.open(folder).close();
    }

    @Test
    void aFolderThatCannotBeMadeIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> EmbeddedMongo.open(file.resolve("data")))
                .isInstanceOf(java.io.UncheckedIOException.class)
                .hasMessageContaining("cannot make the data folder");
    }

    @Test
    void everyKindOfWriteIsSyncedBeforeItIsAcknowledged() {
        AtomicInteger syncs = new AtomicInteger();
        with(counting(syncs), things -> {
            things.insertOne(ONE);
            kindsOfWrites().forEach((kind, write) -> {
                int before = syncs.get();
                write.accept(things);
                assertThat(syncs.get()).as(kind).isGreaterThan(before);
            });
            things.insertOne(ONE);
            int before = syncs.get();
            things.find().into(new ArrayList<>());
            things.countDocuments();
            things.aggregate(List.of(new Document("$match", ONE))).into(new ArrayList<>());
            things.updateOne(new Document("_id", "not there"), SET);
            assertThat(syncs).hasValue(before);
        });
    }

    @Test
    void noKindOfWriteIsAcknowledgedWhenTheDiskFails() {
        for (Map.Entry<String, Consumer<MongoCollection<Document>>> kind :
                kindsOfWrites().entrySet()) {
            AtomicBoolean broken = new AtomicBoolean();
            with(failing(broken), things -> {
                things.deleteMany(new Document());
                things.insertOne(ONE);
                broken.set(true);
                assertThatThrownBy(() -> kind.getValue().accept(things))
                        .as(kind.getKey())
                        .isInstanceOfSatisfying(
                                MongoException.class,
                                e -> assertThat(e.getCode()).isEqualTo(64))
                        .hasMessageContaining("no space left");
                broken.set(false);
                assertThatThrownBy(() -> things.insertOne(new Document()))
                        .as("after %s", kind.getKey())
                        .hasMessageContaining("no space left");
                assertThatThrownBy(() -> things.find().first()).hasMessageContaining("no space left");
            });
        }
    }

    @Test
    void aWriteThatNeedNotWaitIsNotSyncedAndIsThereAfterAnOrderlyEnd() {
        AtomicInteger syncs = new AtomicInteger();
        with(counting(syncs), things -> {
            things.insertOne(new Document("_id", "first"));
            int before = syncs.get();
            things.withWriteConcern(WriteConcern.W1.withJournal(false)).insertOne(new Document("_id", "careless"));
            assertThat(syncs).hasValue(before);
        });
        with(things -> assertThat(things.countDocuments()).isEqualTo(2));
    }

    @Test
    void theFileStopsGrowingWhenTheSameThingsAreWrittenAgainAndAgain() throws IOException {
        try (var server = EmbeddedMongo.open(folder, UnaryOperator.identity(), 1);
                var client = MongoClients.create(server.uri())) {
            var things = client.getDatabase("test").getCollection("things");
            things.insertMany(IntStream.range(0, 100)
                    .mapToObj(i -> new Document("_id", i).append("text", "some text ".repeat(100)))
                    .toList());
            rewrite(things, server, 1);
            long once = Files.size(folder.resolve("store.mv"));
            rewrite(things, server, 10);
            assertThat(Files.size(folder.resolve("store.mv"))).isLessThan(2 * once);
        }
    }

    @Test
    void whatIsTooYoungToMakeRoomOfIsLeftForTheNextTime() {
        var syncs = new AtomicInteger();
        UnaryOperator<Runnable> counted = sync -> () -> {
            syncs.incrementAndGet();
            sync.run();
        };
        try (var server = EmbeddedMongo.open(folder, counted, 3_600_000);
                var client = MongoClients.create(server.uri())) {
            var things = client.getDatabase("test").getCollection("things");
            things.insertOne(ONE);
            for (int i = 0; i < 100; i++) {
                things.updateOne(ONE, NEXT);
            }
            int before = syncs.get();
            server.keepHouse();
            assertThat(syncs.get() - before).isLessThanOrEqualTo(1);
        }
    }

    private static void rewrite(MongoCollection<Document> things, EmbeddedMongo server, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < 300; i++) {
                things.updateOne(new Document("_id", i % 100), NEXT);
            }
            server.keepHouse();
        }
    }

    @Test
    void aDocumentThatWasReadDoesNotChangeWhenItIsUpdated() {
        with(things -> {
            for (int i = 0; i < 300; i++) {
                things.insertOne(new Document("_id", i).append("x", 1));
            }
            try (var cursor = things.find().batchSize(10).cursor()) {
                cursor.next();
                things.updateMany(new Document(), SET);
                List<Integer> rest = new ArrayList<>();
                cursor.forEachRemaining(d -> rest.add(d.getInteger("x")));
                assertThat(rest).hasSize(299).containsOnly(1);
            }
        });
    }

    private static Map<String, Consumer<MongoCollection<Document>>> kindsOfWrites() {
        List<WriteModel<Document>> bulk =
                List.of(new InsertOneModel<>(new Document("_id", new ObjectId())), new UpdateOneModel<>(ONE, NEXT));
        UpdateOptions upsert = new UpdateOptions().upsert(true);
        Map<String, Consumer<MongoCollection<Document>>> kinds = new LinkedHashMap<>();
        kinds.put("insert", things -> things.insertOne(new Document("_id", new ObjectId())));
        kinds.put("insertMany", things -> things.insertMany(List.of(new Document(), new Document())));
        kinds.put("bulk", things -> things.bulkWrite(bulk));
        kinds.put("update", things -> things.updateOne(ONE, NEXT));
        kinds.put("upsert", things -> things.updateOne(new Document("_id", new ObjectId()), NEXT, upsert));
        kinds.put("replace", things -> things.replaceOne(ONE, new Document("y", 1)));
        kinds.put("findOneAndUpdate", things -> things.findOneAndUpdate(ONE, NEXT));
        kinds.put("createIndex", things -> things.createIndex(Indexes.ascending("z")));
        kinds.put(
                "merge",
                things -> things.aggregate(List.of(new Document("$merge", "elsewhere")))
                        .toCollection());
        kinds.put("findOneAndDelete", things -> things.findOneAndDelete(ONE));
        kinds.put("delete", things -> things.deleteMany(new Document()));
        kinds.put("drop", MongoCollection::drop);
        return kinds;
    }

    private static UnaryOperator<Runnable> counting(AtomicInteger syncs) {
        return sync -> () -> {
            sync.run();
            syncs.incrementAndGet();
        };
    }

    private static UnaryOperator<Runnable> failing(AtomicBoolean broken) {
        return sync -> () -> {
            if (broken.get()) {
                throw new IllegalStateException("no space left");
            }
            sync.run();
        };
    }

    private void with(Consumer<MongoCollection<Document>> use) {
        with(UnaryOperator.identity(), use);
    }

    private void with(UnaryOperator<Runnable> disk, Consumer<MongoCollection<Document>> use) {
        try (EmbeddedMongo server = EmbeddedMongo.open(folder, disk);
                MongoClient client = MongoClients.create(server.uri())) {
            use.accept(client.getDatabase("d").getCollection("things"));
        }
    }
}
