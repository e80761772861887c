package dev.drawbridge.mongo.embedded;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Updates;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;

/// The process that [KillIT] kills: writes in several ways on several threads, and says what was acknowledged.
///
/// Each thread writes the documents `round.thread.number`. Lines: `ready`, then `insert ID`, `update ID`, `delete
/// ID`.
final class KilledWriter {
    static final int THREADS = 8;

    private KilledWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedMongo server = EmbeddedMongo.open(Path.of(arguments[0]));
        MongoClient client = MongoClients.create(server.uri());
        MongoCollection<Document> things = client.getDatabase("d").getCollection("things");
        things.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        things.createIndex(Indexes.ascending("thread", "number"));
        say("ready");
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            Thread.ofPlatform().start(() -> write(things, arguments[1] + "." + thread, thread));
        }
        Thread.currentThread().join();
    }

    private static void write(MongoCollection<Document> things, String name, int thread) {
        for (int i = 0; ; i++) {
            String id = name + "." + i;
            switch (i % 4) {
                case 0 -> things.insertOne(document(id, thread, i));
                case 1 ->
                    things.bulkWrite(List.of(
                            new InsertOneModel<>(document(id, thread, i)),
                            new InsertOneModel<>(document(id + "b", thread, i))));
                default ->
                    things.findOneAndUpdate(
                            Filters.eq("_id", id),
                            Updates.combine(
                                    Updates.set("name", "name of " + id),
                                    Updates.set("thread", thread),
                                    Updates.set("number", i),
                                    Updates.set("padding", "x".repeat(300))),
                            new FindOneAndUpdateOptions().upsert(true));
            }
            say("insert " + id);
            if (i % 3 == 0) {
                things.updateOne(Filters.eq("_id", id), Updates.set("updated", true));
                say("update " + id);
            }
            if (i % 5 == 4) {
                String earlier = name + "." + (i - 3);
                things.deleteOne(Filters.eq("_id", earlier));
                say("delete " + earlier);
            }
        }
    }

    private static Document document(String id, int thread, int number) {
        return new Document("_id", id)
                .append("name", "name of " + id)
                .append("thread", thread)
                .append("number", number)
                .append("padding", "x".repeat(300));
    }

    /// One write per line, so that a line that was read is whole.
    private static void say(String line) {
        PrintStream out = System.out;
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
