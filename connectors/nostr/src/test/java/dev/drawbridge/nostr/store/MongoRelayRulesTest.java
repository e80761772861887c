package dev.drawbridge.nostr.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.testkit.TestMongo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class MongoRelayRulesTest extends RelayRulesContract {
    private RelayRules rules;

    @BeforeEach
    void open(MongoDatabase database) {
        rules = new MongoRelayRules(database);
    }

    @Override
    RelayRules rules() {
        return rules;
    }
}
