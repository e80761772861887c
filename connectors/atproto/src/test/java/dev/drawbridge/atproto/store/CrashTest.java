package dev.drawbridge.atproto.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.testkit.TestMongo;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The process dies at every write in turn, before the write and just after it.
class CrashTest {
    private static final int MOST_WRITES = 16;

    @TestFactory
    Stream<DynamicTest> aCommitIsWhollyThereOrNotAtAll() {
        return everywhere((database, faults) -> {
            Pds pds = ready(database);
            Map<String, String> before = pds.exported();
            pds.start(faults);
            if (!dies(() -> pds.commit(Pds.put("a", "changed"), Pds.put("c", "new"), Pds.delete("b")))) {
                return false;
            }
            pds.restart();
            Map<String, String> after = Map.of("a", "changed", "c", "new");
            assertThat(pds.exported()).isIn(before, after);
            assertThat(pds.listed()).isEqualTo(pds.exported());
            assertThat(pds.complaints()).isEmpty();

            pds.commit(Pds.put("a", "changed"), Pds.put("c", "new"), Pds.delete("b"));
            assertThat(pds.exported()).isEqualTo(after);
            assertThat(pds.listed()).isEqualTo(after);
            assertThat(pds.complaints()).isEmpty();
            assertThat(pds.events()).filteredOn(CommitEvent.class::isInstance).hasSize(3);
            return true;
        });
    }

    @TestFactory
    Stream<DynamicTest> anAccountIsAnnouncedOnceAndInOrder() {
        return everywhere((database, faults) -> {
            Pds pds = new Pds(database);
            pds.start(faults);
            if (!dies(pds::create)) {
                return false;
            }
            pds.restart();
            pds.create();
            pds.commit(Pds.put("a", "one"));
            assertThat(pds.events()).hasSize(5);
            assertThat(pds.complaints()).isEmpty();
            return true;
        });
    }

    @TestFactory
    Stream<DynamicTest> closingAndReopeningSurviveToo() {
        return everywhere((database, faults) -> {
            Pds pds = ready(database);
            pds.start(faults);
            boolean died = dies(() -> {
                pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
                pds.store.repositories().reopen(Pds.ALICE, Pds.KEY);
            });
            if (!died) {
                return false;
            }
            pds.restart();
            pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
            pds.store.repositories().reopen(Pds.ALICE, Pds.KEY);
            assertThat(pds.store.archive().state(Pds.ALICE).orElseThrow().active())
                    .isTrue();
            assertThat(pds.events().reversed().subList(0, 2))
                    .hasExactlyElementsOfTypes(RepoSyncEvent.class, AccountEvent.class);
            assertThat(pds.complaints()).isEmpty();
            return true;
        });
    }

    @Test
    void aDatabaseThatFailsOnceDoesNotLoseTheEventWithoutARestart() {
        for (int at = 1; at <= MOST_WRITES; at++) {
            try (TestMongo mongo = new TestMongo()) {
                Pds pds = ready(mongo.fresh());
                Faults hiccup = Faults.once(at, at % 2 == 0);
                pds.start(hiccup);
                for (String rkey : List.of("c", "d")) {
                    while (dies(() -> pds.commit(Pds.put(rkey, "new")))) {
                        assertThat(pds.exported()).isNotEmpty();
                    }
                }
                assertThat(pds.complaints()).as("write %d", at).isEmpty();
                assertThat(pds.events())
                        .filteredOn(CommitEvent.class::isInstance)
                        .hasSize(4);
            }
        }
    }

    private static Pds ready(MongoDatabase database) {
        Pds pds = new Pds(database);
        pds.create();
        pds.commit(Pds.put("a", "one"), Pds.put("b", "two"));
        return pds;
    }

    private static boolean dies(Runnable work) {
        try {
            work.run();
            return false;
        } catch (Faults.Crash e) {
            return true;
        }
    }

    private interface Scenario {
        /// @return false if the work ended before the fault
        boolean run(MongoDatabase database, Faults faults);
    }

    private static Stream<DynamicTest> everywhere(Scenario scenario) {
        return Stream.of(true, false)
                .flatMap(written -> IntStream.rangeClosed(1, MOST_WRITES)
                        .mapToObj(at ->
                                DynamicTest.dynamicTest((written ? "after write " : "before write ") + at, () -> {
                                    try (TestMongo mongo = new TestMongo()) {
                                        boolean died = scenario.run(mongo.fresh(), new Faults(at, written));
                                        assertThat(died || at > 4)
                                                .as("the fault comes")
                                                .isTrue();
                                    }
                                })));
    }
}
