package dev.drawbridge.nostr.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.testkit.TestMongo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class MongoOpenPollsTest extends OpenPollsContract {
    private OpenPolls polls;

    @BeforeEach
    void open(MongoDatabase database) {
        polls = new MongoOpenPolls(database);
    }

    @Override
    OpenPolls polls() {
        return polls;
    }
}
