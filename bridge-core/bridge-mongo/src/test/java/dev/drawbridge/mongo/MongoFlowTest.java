package dev.drawbridge.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings.Hour;
import dev.drawbridge.testkit.TestMongo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What several instances count on one store, and how rarely they write.
@ExtendWith(TestMongo.class)
class MongoFlowTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration KEPT = Duration.ofDays(2);
    private MongoDatabase database;
    private MongoFlow flow;

    @BeforeEach
    void start(MongoDatabase opened) {
        database = opened;
        MongoIndexes.ensure(database);
        flow = new MongoFlow(database, KEPT);
    }

    private long stored() {
        return database.getCollection("flow").find().into(new ArrayList<>()).stream()
                .mapToLong(hour -> hour.get("m0", Number.class).longValue())
                .sum();
    }

    private static long total(MongoFlow flow) {
        return flow.since(NOON).stream()
                .map(Hour::minutes)
                .mapToLong(
                        minutes -> minutes.stream().mapToLong(Long::longValue).sum())
                .sum();
    }

    @Test
    void whatArrivesIsGatheredForSomeSeconds() {
        for (int second = 0; second < 12; second++) {
            flow.arrived(Network.NOSTR, NOON.plusSeconds(second));
        }
        assertThat(stored()).as("of the first, and twice five seconds later").isEqualTo(11);
        assertThat(total(flow)).as("whoever looks sees all of it").isEqualTo(12);
        assertThat(stored()).isEqualTo(12);
    }

    /// It has to happen: the delivery is done.
    @Test
    void whatCannotBeWrittenIsCountedLaterAndFailsNothing() {
        var down = new AtomicReference<>("updateOne");
        flow = new MongoFlow(failing(MongoDatabase.class, database, down), KEPT);
        flow.arrived(Network.NOSTR, NOON);
        flow.arrived(Network.ATPROTO, NOON.plusSeconds(6));
        flow.flush();
        assertThat(total(flow)).isZero();
        down.set("");
        flow.arrived(Network.NOSTR, NOON.plusSeconds(12));
        assertThat(stored()).as("both, and those before").isEqualTo(3);
        assertThat(total(flow)).as("once each").isEqualTo(3);
    }

    @Test
    void whatCannotBeWrittenIsKeptAsLongAsWhatIs() {
        var down = new AtomicReference<>("updateOne");
        flow = new MongoFlow(failing(MongoDatabase.class, database, down), KEPT);
        for (int hour = 0; hour < 100; hour++) {
            flow.arrived(Network.NOSTR, NOON.plus(Duration.ofHours(hour)));
        }
        down.set("");
        assertThat(total(flow)).isEqualTo(KEPT.toHours() + 1);
    }

    @Test
    void whatCannotBeSweptFailsNothingAndGoesLater() {
        flow.arrived(Network.NOSTR, NOON);
        var down = new AtomicReference<>("deleteMany");
        flow = new MongoFlow(failing(MongoDatabase.class, database, down), KEPT);
        flow.arrived(Network.NOSTR, NOON.plus(KEPT).plus(Duration.ofHours(1)));
        assertThat(stored()).as("written once, and nothing gone").isEqualTo(2);
        down.set("");
        flow.arrived(Network.NOSTR, NOON.plus(KEPT).plus(Duration.ofHours(1)).plusSeconds(6));
        assertThat(stored()).as("the oldest is gone").isEqualTo(2);
        assertThat(total(flow)).isEqualTo(2);
    }

    /// An object of the driver whose method of this name fails, and those that it hands out.
    private static <T> T failing(Class<T> type, Object behind, AtomicReference<String> method) {
        InvocationHandler handler = (_, called, arguments) -> {
            if (called.getName().equals(method.get())) {
                throw new MongoException("as the test wants it");
            }
            Object answer = called.invoke(behind, arguments);
            return called.getReturnType() == MongoCollection.class
                    ? failing(MongoCollection.class, answer, method)
                    : answer;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void severalInstancesCountTogether() {
        var other = new MongoFlow(database, KEPT);
        for (int second = 0; second < 30; second++) {
            flow.arrived(Network.NOSTR, NOON.plusSeconds(second));
            other.arrived(Network.NOSTR, NOON.plusSeconds(second));
        }
        total(flow);
        assertThat(total(other)).isEqualTo(60);
    }

    @Test
    void anInstanceThatStartsAgainGoesOnCounting() {
        flow.arrived(Network.NOSTR, NOON);
        var after = new MongoFlow(database, KEPT);
        after.arrived(Network.NOSTR, NOON.plusSeconds(59));
        after.arrived(Network.NOSTR, NOON.minus(KEPT).minusSeconds(1));
        assertThat(total(after)).isEqualTo(2);
        assertThat(database.getCollection("flow").countDocuments())
                .as("one that is older still comes and stays until the next hour")
                .isEqualTo(2);
        after.arrived(Network.NOSTR, NOON.plusSeconds(3_600));
        after.since(NOON);
        assertThat(database.getCollection("flow").countDocuments()).isEqualTo(2);
    }
}
