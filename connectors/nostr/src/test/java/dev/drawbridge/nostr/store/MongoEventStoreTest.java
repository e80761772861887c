package dev.drawbridge.nostr.store;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.testkit.TestMongo;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class MongoEventStoreTest extends EventStoreContract {
    private EventStore store;

    @BeforeEach
    void open(MongoDatabase database) {
        new MongoEventStore(database);
        store = new MongoEventStore(database);
    }

    @Override
    EventStore store() {
        return store;
    }

    @Test
    void tellsLoudlyThatItsOwnDataIsDamaged(MongoDatabase database) {
        var broken = new MongoEventStore(database);
        database.getCollection("nostr_events")
                .insertOne(new Document("_id", "x").append("id", "x").append("event", "{}"));

        assertThatIllegalStateException().isThrownBy(() -> broken.query(Filter.ANY, 1));
    }
}
