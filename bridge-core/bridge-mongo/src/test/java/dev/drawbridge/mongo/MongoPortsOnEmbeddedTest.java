package dev.drawbridge.mongo;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.mongo.embedded.EmbeddedMongo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The ports on the embedded durable server.
class MongoPortsOnEmbeddedTest extends MongoPorts {
    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        EmbeddedMongo server = EmbeddedMongo.open(folder);
        OPEN.add(server);
        OPEN.addFirst(MongoStores.open(server.uri(), FORMAT));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable open : OPEN) {
            open.close();
        }
        OPEN.clear();
    }

    @Override
    protected MongoDatabase database() {
        return ((MongoStores) OPEN.getFirst()).database();
    }
}
