package dev.drawbridge.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.gridfs.GridFSBuckets;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.StoreUnavailableException;
import dev.drawbridge.testkit.TestMongo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MongoStoresTest {
    private static final TestMongo MONGO = new TestMongo();
    private static final String QUICK = "?serverSelectionTimeoutMS=200&connectTimeoutMS=200";

    @AfterAll
    static void stop() {
        MONGO.close();
    }

    @Test
    void theDatabaseIsTheOneInTheAddressElseOurs() {
        try (MongoStores named = open("named");
                MongoStores unnamed = MongoStores.open(MONGO.uri(), MongoPorts.FORMAT)) {
            assertThat(named.database().getName()).isEqualTo("named");
            assertThat(unnamed.database().getName()).isEqualTo("drawbridge");
            named.ping();
            named.cursors().put("stream", "1");
            assertThat(unnamed.cursors().get("stream")).isEmpty();
        }
    }

    @Test
    void openingAgainFindsWhatWasStored() {
        NativeId id = new NativeId(Network.NOSTR, "ab".repeat(32));
        try (MongoStores first = open("again")) {
            first.ledger().tombstone(id, id, Instant.EPOCH);
        }
        try (MongoStores second = open("again")) {
            assertThat(second.ledger().tombstoned(id, id)).isTrue();
        }
    }

    @Test
    void whoStopsInOrderLeavesNothingUncounted() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        try (MongoStores first = open("counted")) {
            for (String id : List.of("a", "b", "c")) {
                first.crossings().record(arrived(id, noon));
            }
        }
        try (MongoStores second = open("counted")) {
            assertThat(second.crossings().arrived(noon))
                    .singleElement()
                    .satisfies(hour -> assertThat(hour.minutes().getFirst()).isEqualTo(3));
        }
    }

    private static Crossings.Crossing arrived(String id, Instant at) {
        var author = new NativeId(Network.ACTIVITYPUB, "https://social.example/alice");
        return new Crossings.Crossing(
                id,
                "Publish",
                author,
                author,
                Network.NOSTR,
                Optional.empty(),
                Crossings.State.CROSSED,
                "",
                List.of(),
                Duration.ZERO,
                at);
    }

    @Test
    void aServerThatIsNotThereIsToldWithinItsTime() throws IOException {
        String address;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "mongodb://127.0.0.1:" + free.getLocalPort() + "/x" + QUICK;
        }
        assertThatThrownBy(() -> MongoStores.open(address, MongoPorts.FORMAT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("the store does not answer: ");
    }

    @Test
    void everyPortTellsWhenTheServerWentAway() {
        TestMongo mortal = new TestMongo();
        try (MongoStores stores = MongoStores.open(mortal.uri() + "/x" + QUICK, MongoPorts.FORMAT)) {
            NativeId id = new NativeId(Network.NOSTR, "x");
            mortal.close();
            assertDown(stores::ping);
            assertDown(() -> stores.consents().of(id));
            assertDown(() -> stores.identities().forEach(Network.NOSTR, g -> {}));
            assertDown(() -> stores.ledger().tombstone(id, id, Instant.EPOCH));
            assertDown(() -> stores.follows().reachOf(id, Network.NOSTR, Optional.empty(), 9));
            assertDown(() -> stores.parking().count());
            assertDown(() -> stores.deadLetters().remove("x"));
            assertDown(() -> stores.crossings().newest(1));
            assertDown(() -> stores.cursors().put("s", "1"));
            assertDown(() -> stores.keys().find("x"));
            assertDown(() -> stores.database().getCollection("x").find().first());
            assertDown(() -> stores.database().getCollection("x").insertOne(new Document()));
            assertDown(() ->
                    stores.resource(MongoDatabase.class).listCollectionNames().first());
        }
    }

    @Test
    void whatConnectorsStoreInBehavesLikeTheDriver() {
        try (MongoStores stores = open("connectors")) {
            MongoDatabase database = stores.resource(MongoDatabase.class);
            MongoCollection<Document> things = database.getCollection("things");
            things.insertOne(new Document("_id", 1));
            assertThatThrownBy(() -> things.insertOne(new Document("_id", 1)))
                    .isInstanceOfSatisfying(
                            MongoException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
            FindIterable<Document> found =
                    things.find().sort(new Document("_id", 1)).limit(5);
            assertThat(found).hasSize(1);
            assertThat(found.map(d -> d.get("_id")).into(new ArrayList<>())).containsExactly(1);
            assertThatThrownBy(() -> found.forEach(d -> {
                        throw new IllegalArgumentException("of the visitor");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            GridFSBuckets.create(database).uploadFromStream("name", new ByteArrayInputStream(new byte[] {1}));
            assertThatThrownBy(() -> stores.resource(String.class)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertDown(Runnable use) {
        assertThatThrownBy(use::run).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aWrongAddressIsOurMistake() {
        assertThatThrownBy(() -> MongoStores.open("http://nowhere", MongoPorts.FORMAT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dataOfANewerVersionIsNotTouched() {
        try (var client = MongoClients.create(MONGO.uri())) {
            client.getDatabase("newer")
                    .getCollection("settings")
                    .insertOne(new Document("_id", "layout").append("v", 2));
            assertThatThrownBy(() -> open("newer"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has layout 2")
                    .hasMessageContaining("start a newer version");
            assertThat(client.getDatabase("newer").listCollectionNames()).containsExactly("settings");
        }
    }

    @Test
    void anIndexThatIsNotWhatItShouldBeIsTold() {
        try (var client = MongoClients.create(MONGO.uri())) {
            MongoCollection<Document> ghosts = client.getDatabase("odd").getCollection("ghosts");
            ghosts.createIndex(Indexes.ascending("origin"), new IndexOptions().name("origin_network"));
            assertThatThrownBy(() -> open("odd"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("origin_network of ghosts");
        }
    }

    @Test
    void documentsThatBreakAUniqueIndexAreTold() {
        try (var client = MongoClients.create(MONGO.uri())) {
            MongoCollection<Document> ghosts = client.getDatabase("double").getCollection("ghosts");
            ghosts.insertOne(new Document("_id", "a").append("origin", "o").append("network", "nostr"));
            ghosts.insertOne(new Document("_id", "b").append("origin", "o").append("network", "nostr"));
            assertThatThrownBy(() -> open("double"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be made");
        }
    }

    @Test
    void aDamagedDocumentIsToldLoudly() {
        try (MongoStores stores = open("damaged")) {
            stores.database().getCollection("cursors").insertOne(new Document("_id", "stream"));
            assertThatThrownBy(() -> stores.cursors().get("stream"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("stored document stream has no cursor");
        }
    }

    @Test
    void aKeyThatLostItsTimeInACrashHasOneAgainAfterTheNextStart() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        try (MongoStores stores = open("crash")) {
            stores.parking().park(Deliveries.any(), "k", "s", "down", now, now.plusSeconds(60));
            stores.database().getCollection("parkedKeys").deleteMany(new Document());
            assertThat(stores.parking().due(now.plusSeconds(60), 10)).isEmpty();
        }
        try (MongoStores stores = open("crash")) {
            assertThat(stores.parking().due(now.plusSeconds(60), 10)).hasSize(1);
        }
    }

    @Test
    void aKeyWithoutDeliveriesAfterACrashIsForgottenWhenItIsDue() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        try (MongoStores stores = open("crash2")) {
            stores.parking().park(Deliveries.any(), "k", "s", "down", now, now);
            stores.database().getCollection("parked").deleteMany(new Document());
            assertThat(stores.parking().due(now, 10)).isEmpty();
            assertThat(stores.database().getCollection("parkedKeys").countDocuments())
                    .isZero();
        }
    }

    @Test
    void theLongestQueuesAreTwoQuestionsAndNothingIsWritten() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        List<String> said = new ArrayList<>();
        var settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(MONGO.uri()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        said.add(event.getCommandName());
                    }
                })
                .build();
        try (MongoStores stores = open("queues");
                var client = MongoClients.create(settings)) {
            for (int i = 0; i < 20; i++) {
                stores.parking().park(Deliveries.any("delivery " + i), "k" + i % 5, "s", "down", now, now);
            }
            stores.database().getCollection("parked").deleteMany(new Document("key", "k4"));
            said.clear();
            assertThat(new MongoParking(client.getDatabase("queues"), MongoPorts.FORMAT).queues(10))
                    .extracting(queue -> queue.key() + " " + queue.size())
                    .containsExactly("k0 4", "k1 4", "k2 4", "k3 4");
            assertThat(said).containsExactly("aggregate", "find");
        }
    }

    private static MongoStores open(String database) {
        return MongoStores.open(MONGO.uri() + "/" + database, MongoPorts.FORMAT);
    }
}
