package dev.drawbridge.nostr.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.testkit.TestMongo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class MongoPresentationsTest extends PresentationsContract {
    private Presentations presentations;

    @BeforeEach
    void open(MongoDatabase database) {
        presentations = new MongoPresentations(database);
    }

    @Override
    Presentations presentations() {
        return presentations;
    }
}
