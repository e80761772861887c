package dev.drawbridge.mongo;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.testkit.TestMongo;
import org.junit.jupiter.api.AfterAll;

/// The ports on a server in memory.
class MongoPortsInMemoryTest extends MongoPorts {
    private static final TestMongo MONGO = new TestMongo();
    private static final MongoDatabase DATABASE = MONGO.fresh();

    @AfterAll
    static void stop() {
        MONGO.close();
    }

    @Override
    protected MongoDatabase database() {
        return DATABASE;
    }
}
