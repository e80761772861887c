package dev.drawbridge.nostr.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.testkit.TestMongo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class MongoLatestListsTest extends LatestListsContract {
    private LatestLists lists;

    @BeforeEach
    void open(MongoDatabase database) {
        lists = new MongoLatestLists(database);
    }

    @Override
    LatestLists lists() {
        return lists;
    }
}
