package dev.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class TestMongoTest {
    @Test
    void eachTestHasAnEmptyDatabaseOfItsOwn(MongoDatabase one, MongoDatabase other) {
        one.getCollection("things").insertOne(new Document("_id", 1));
        assertThat(one.getCollection("things").countDocuments()).isEqualTo(1);
        assertThat(other.listCollectionNames().into(new java.util.ArrayList<>()))
                .isEqualTo(List.of());
    }

    @Test
    void theServerListensOnLoopbackUntilItIsClosed() {
        try (TestMongo mongo = new TestMongo();
                var client = MongoClients.create(mongo.uri())) {
            assertThat(mongo.uri()).startsWith("mongodb://127.0.0.1:");
            assertThat(client.getDatabase("x").runCommand(new Document("ping", 1)))
                    .containsEntry("ok", 1.0);
        }
    }
}
