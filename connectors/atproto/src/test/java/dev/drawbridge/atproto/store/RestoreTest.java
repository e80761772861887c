package dev.drawbridge.atproto.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.testkit.TestMongo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A backup is put back under a name that consumers know.
@ExtendWith(TestMongo.class)
class RestoreTest {
    private final MongoDatabase database;
    private final Pds pds;

    RestoreTest(MongoDatabase database) {
        this.database = database;
        pds = new Pds(database);
        pds.store
                .accounts()
                .insert(new Account(
                        Pds.ALICE,
                        new NativeId(Network.NOSTR, "alice"),
                        Pds.HANDLE,
                        Pds.KEY,
                        "{}",
                        true,
                        pds.clock.instant()));
        pds.create();
        pds.commit(Pds.put("a", "one"));
    }

    private Map<String, List<Document>> backup() {
        Map<String, List<Document>> all = new HashMap<>();
        for (String name : database.listCollectionNames()) {
            all.put(name, database.getCollection(name).find().into(new ArrayList<>()));
        }
        return all;
    }

    private void putBack(Map<String, List<Document>> backup) {
        for (String name : List.copyOf(backup().keySet())) {
            database.getCollection(name).deleteMany(new Document());
            List<Document> then = backup.getOrDefault(name, List.of());
            if (!then.isEmpty()) {
                database.getCollection(name).insertMany(then);
            }
        }
    }

    @Test
    void numbersGoOnBehindWhatRelaysHaveAndEveryAccountIsAnnouncedAnew() {
        Map<String, List<Document>> backup = backup();
        RepoState lost = pds.commit(Pds.put("b", "two"));
        long seen = pds.store.sequencer().latest();
        putBack(backup);
        pds.clock.advance(Duration.ofMinutes(1));
        pds.restartedAfter(seen);
        assertThat(pds.store.sequencer().beat()).isTrue();
        assertThat(pds.store.reannouncement().step()).isFalse();
        assertThat(pds.store.reannouncement().step()).isFalse();
        List<SyncEvent> news =
                pds.events().stream().filter(event -> event.seq() > seen).toList();
        assertThat(news).hasExactlyElementsOfTypes(IdentityEvent.class, AccountEvent.class, RepoSyncEvent.class);
        assertThat(news.getFirst().seq()).isGreaterThan(seen + Publisher.MARGIN);
        RepoState now = pds.store.archive().state(Pds.ALICE).orElseThrow();
        assertThat(now.head().rev()).isGreaterThan(lost.head().rev());
        pds.commit(Pds.put("c", "three"));
        assertThat(pds.events().getLast()).isInstanceOf(CommitEvent.class);
        assertThat(pds.complaints()).isEmpty();
        assertThat(pds.exported()).isEqualTo(Map.of("a", "one", "c", "three"));
    }

    @Test
    void whatIsClosedStaysClosedAndIsSaidAnew() {
        pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
        long seen = pds.store.sequencer().latest() + 1;
        pds.restartedAfter(seen);
        pds.store.sequencer().beat();
        pds.store.reannouncement().step();
        assertThat(pds.events().getLast()).isInstanceOfSatisfying(AccountEvent.class, event -> {
            assertThat(event.active()).isFalse();
            assertThat(event.status()).contains(AccountEvent.DEACTIVATED);
            assertThat(event.seq()).isGreaterThan(seen);
        });
    }

    @Test
    void aRestartInTheMiddleGoesOn() {
        pds.restartedAfter(1_000);
        pds.store.sequencer().beat();
        pds.restart();
        pds.store.reannouncement().step();
        assertThat(pds.events().getLast()).isInstanceOf(RepoSyncEvent.class);
        long last = pds.store.sequencer().latest();
        pds.store.reannouncement().step();
        assertThat(pds.store.sequencer().latest()).isEqualTo(last);
    }

    @Test
    void whatIsNewStaysUntouched() {
        long latest = pds.store.sequencer().latest();
        pds.restartedAfter(latest);
        pds.store.sequencer().beat();
        assertThat(pds.store.reannouncement().step()).isFalse();
        assertThat(pds.store.sequencer().latest()).isEqualTo(latest);
    }
}
