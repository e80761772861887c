package dev.drawbridge.nostr.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.testkit.TestMongo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class MongoPlacementsTest extends PlacementsContract {
    private Placements placements;

    @BeforeEach
    void open(MongoDatabase database) {
        placements = new MongoPlacements(database);
    }

    @Override
    Placements placements() {
        return placements;
    }
}
