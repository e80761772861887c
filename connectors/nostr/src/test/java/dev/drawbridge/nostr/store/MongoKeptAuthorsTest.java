package dev.drawbridge.nostr.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.testkit.TestMongo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class MongoKeptAuthorsTest extends KeptAuthorsContract {
    private KeptAuthors authors;

    @BeforeEach
    void open(MongoDatabase database) {
        authors = new MongoKeptAuthors(database);
    }

    @Override
    KeptAuthors authors() {
        return authors;
    }
}
