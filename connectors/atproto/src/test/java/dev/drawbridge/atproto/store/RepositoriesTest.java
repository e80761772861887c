package dev.drawbridge.atproto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.mst.MstEntry;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.testkit.TestMongo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class RepositoriesTest {
    private final Pds pds;

    RepositoriesTest(MongoDatabase database) {
        pds = new Pds(database);
    }

    @Test
    void aNewAccountIsAnnouncedInTheOrderConsumersNeed() {
        pds.create();
        assertThat(pds.events())
                .hasExactlyElementsOfTypes(
                        IdentityEvent.class, AccountEvent.class, CommitEvent.class, RepoSyncEvent.class);
        assertThat(pds.events()).extracting(e -> e.seq()).containsExactly(1L, 2L, 3L, 4L);
        CommitEvent commit = (CommitEvent) pds.events().get(2);
        assertThat(commit.since()).isEmpty();
        assertThat(commit.prevData()).isEmpty();
        assertThat(commit.ops()).isEmpty();
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void makingAnAccountTwiceMakesItOnce() {
        pds.create();
        pds.create();
        assertThat(pds.events()).hasSize(4);
    }

    @Test
    void recordsComeChangeAndGo() {
        pds.create();
        pds.commit(Pds.put("a", "one"), Pds.put("b", "two"));
        pds.commit(Pds.put("a", "one again"));
        pds.commit(Pds.delete("b"), Pds.put("c", "three"));
        assertThat(pds.exported()).isEqualTo(Map.of("a", "one again", "c", "three"));
        assertThat(pds.listed()).isEqualTo(pds.exported());
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void whatIsAlreadySoMakesNoCommit() {
        pds.create();
        RepoState first = pds.commit(Pds.put("a", "one"));
        RepoState second = pds.commit(Pds.put("a", "one"), Pds.delete("never-there"));
        assertThat(second.head()).isEqualTo(first.head());
        assertThat(pds.events()).hasSize(5);
    }

    @Test
    void theStoreKeepsNothingOfWhatWasDeleted() {
        pds.create();
        long empty = pds.blockCount();
        pds.commit(Pds.put("a", "one"), Pds.put("b", "one"));
        pds.commit(Pds.delete("a"));
        assertThat(pds.exported()).isEqualTo(Map.of("b", "one"));
        pds.commit(Pds.delete("b"));
        assertThat(pds.blockCount()).isEqualTo(empty);
        pds.commit(Pds.put("a", "one"));
        assertThat(pds.exported()).isEqualTo(Map.of("a", "one"));
    }

    @Test
    void aManyTimesChangedRepositoryStaysSound() {
        pds.create();
        for (int i = 0; i < 120; i++) {
            pds.commit(i % 5 == 4 ? Pds.delete("r" + i / 2) : Pds.put("r" + i % 50, "v" + i));
        }
        assertThat(pds.complaints()).isEmpty();
        assertThat(pds.listed()).isEqualTo(pds.exported());
    }

    @Test
    void aRecordThatCannotBeStoredChangesNothing() {
        pds.create();
        long blocks = pds.blockCount();
        var wrong = new RepoWrite.Put(
                dev.drawbridge.atproto.record.syntax.RepoPath.parse("app.bsky.feed.like/a"), Pds.record("x"));
        assertThatIllegalArgumentException().isThrownBy(() -> pds.commit(Pds.put("a", "one"), wrong));
        assertThat(pds.blockCount()).isEqualTo(blocks);
        assertThat(pds.events()).hasSize(4);
        pds.restart();
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void aRepositoryThatIsNotThereTakesNoWrites() {
        assertThat(pds.store.repositories().commit(Pds.ALICE, Pds.KEY, List.of(Pds.put("a", "one"))))
                .isEmpty();
        assertThat(pds.blockCount()).isZero();
    }

    @Test
    void closingAndReopeningIsAnnouncedOnce() {
        pds.create();
        pds.commit(Pds.put("a", "one"));
        pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
        pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
        assertThat(pds.events().getLast()).isInstanceOfSatisfying(AccountEvent.class, event -> {
            assertThat(event.active()).isFalse();
            assertThat(event.status()).contains("deactivated");
        });
        assertThat(pds.events()).hasSize(6);
        pds.store.repositories().reopen(Pds.ALICE, Pds.KEY);
        pds.store.repositories().reopen(Pds.ALICE, Pds.KEY);
        assertThat(pds.events().subList(6, pds.events().size()))
                .hasExactlyElementsOfTypes(AccountEvent.class, RepoSyncEvent.class);
        pds.commit(Pds.put("b", "two"));
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void whoIsDeletedLeavesNothingAndMayBeginAnew() {
        pds.create();
        pds.commit(Pds.put("a", "one"));
        pds.store.repositories().delete(Pds.ALICE);
        pds.store.repositories().delete(Pds.ALICE);
        assertThat(pds.blockCount()).isZero();
        assertThat(pds.listed()).isEmpty();
        assertThat(pds.events().getLast())
                .isInstanceOfSatisfying(
                        AccountEvent.class, event -> assertThat(event.status()).contains(AccountEvent.DELETED));
        RepoState gone = pds.store.archive().state(Pds.ALICE).orElseThrow();
        pds.store.repositories().reopen(Pds.ALICE, Pds.KEY);
        pds.commit(Pds.put("b", "two"));
        assertThat(pds.exported()).isEqualTo(Map.of("b", "two"));
        assertThat(pds.store.archive().state(Pds.ALICE).orElseThrow().head().rev())
                .isGreaterThan(gone.head().rev());
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void manyWritersAtOnceLeaveOneChain() throws Exception {
        pds.create();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() ->
                            pds.store.repositories().commit(Pds.ALICE, Pds.KEY, List.of(Pds.put("r" + i, "v" + i)))))
                    .toList();
            for (var one : done) {
                assertThat(one.get()).isPresent();
            }
        }
        assertThat(pds.exported()).hasSize(40);
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void aRepositoryThatAnotherProcessChangedIsReadAnew() {
        pds.create();
        int[] faster = {2};
        pds.start((RepoStates real) -> (RepoStates) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RepoStates.class}, (_, m, args) -> {
                    if (m.getName().equals("replace") && faster[0]-- > 0) {
                        RepoState now = real.find(Pds.ALICE).orElseThrow();
                        real.replace(now.next(now.head(), List.of(), Set.of()));
                    }
                    return m.invoke(real, args);
                }));
        pds.commit(Pds.put("a", "one"));
        assertThat(pds.exported()).isEqualTo(Map.of("a", "one"));
        assertThat(pds.complaints()).isEmpty();
        faster[0] = 3;
        assertThatIllegalStateException()
                .isThrownBy(() -> pds.commit(Pds.put("b", "two")))
                .withMessageContaining("keeps changing");
        assertThat(pds.exported()).isEqualTo(Map.of("a", "one"));
    }

    @Test
    void aDifferenceHoldsOnlyWhatIsNew() {
        pds.create();
        for (int i = 0; i < 30; i++) {
            pds.commit(Pds.put("r" + i, "v" + i));
        }
        RepoState before = pds.store.archive().state(Pds.ALICE).orElseThrow();
        pds.commit(Pds.put("new", "new"));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        ByteArrayOutputStream since = new ByteArrayOutputStream();
        pds.store.archive().export(Pds.ALICE, Optional.empty(), whole);
        pds.store.archive().export(Pds.ALICE, Optional.of(before.head().rev()), since);
        CarFile all = CarReader.read(whole.toByteArray(), CarLimits.COMMIT);
        CarFile fresh = CarReader.read(since.toByteArray(), CarLimits.COMMIT);
        assertThat(fresh.blocks().size()).isLessThan(8);
        assertThat(all.blocks().cids()).containsAll(fresh.blocks().cids());
        assertThat(fresh.blocks().cids()).contains(all.roots().getFirst());
    }

    @Test
    void whoReadsIsNotDisturbedByWhoWrites() {
        pds.create();
        for (int i = 0; i < 300; i++) {
            pds.commit(Pds.put("r" + i, "v" + i));
        }
        var out = new ByteArrayOutputStream();
        var interrupting = new OutputStream() {
            private int written;

            @Override
            public void write(int b) throws IOException {
                out.write(b);
                if (++written % 2000 == 0) {
                    pds.commit(Pds.delete("r" + (written / 2000)), Pds.put("s" + written, "w"));
                }
            }
        };
        pds.store.archive().export(Pds.ALICE, Optional.empty(), interrupting);
        CarFile car = CarReader.read(out.toByteArray(), CarLimits.COMMIT);
        SignedCommit commit =
                SignedCommit.parse(car.blocks().get(car.roots().getFirst()).orElseThrow());
        var leaves = Mst.load(car.blocks(), commit.commit().data()).from("");
        int count = 0;
        while (leaves.hasNext()) {
            assertThat(car.blocks().has(leaves.next().value())).isTrue();
            count++;
        }
        assertThat(count).isEqualTo(300);
        long now = pds.blockCount();
        assertThat(pds.exported()).hasSize(300);
        assertThat(now).isLessThan(300 + 200);
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void aLargeRepositoryIsReadManyBlocksAtOnceAndInStreamableOrder() {
        pds.create();
        for (int i = 0; i < 10; i++) {
            int from = i * 100;
            pds.commit(IntStream.range(from, from + 100)
                    .mapToObj(n -> Pds.put("r" + n, "v" + n % 7))
                    .toArray(RepoWrite[]::new));
        }
        int[] trips = {0};
        pds.counting(trips);
        var out = new ByteArrayOutputStream();
        pds.store.archive().export(Pds.ALICE, Optional.empty(), out);
        assertThat(trips[0]).isLessThan(25);
        List<Cid> order = new ArrayList<>();
        CarReader.read(new ByteArrayInputStream(out.toByteArray()), CarLimits.COMMIT, (cid, _) -> order.add(cid));
        List<Cid> expected = new ArrayList<>();
        CarFile car = CarReader.read(out.toByteArray(), CarLimits.COMMIT);
        Cid root = car.roots().getFirst();
        expected.add(root);
        Mst.load(
                        car.blocks(),
                        SignedCommit.parse(car.blocks().get(root).orElseThrow())
                                .commit()
                                .data())
                .walk(new Mst.Visitor() {
                    @Override
                    public void node(Cid cid, byte[] bytes) {
                        expected.add(cid);
                    }

                    @Override
                    public void leaf(MstEntry entry) {
                        expected.add(entry.value());
                    }
                });
        assertThat(order).isEqualTo(expected);
    }

    @Test
    void whoReadsForTooLongIsCutOffAndNothingIsKeptForThem() {
        pds.create();
        pds.commit(
                IntStream.range(0, 150).mapToObj(n -> Pds.put("r" + n, "v" + n)).toArray(RepoWrite[]::new));
        var slow = new OutputStream() {
            @Override
            public void write(int b) {
                pds.clock.advance(RepoArchive.PATIENCE);
            }
        };
        assertThatThrownBy(() -> pds.store.archive().export(Pds.ALICE, Optional.empty(), slow))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("took longer");
        long before = pds.blockCount();
        pds.commit(Pds.delete("r1"));
        assertThat(pds.blockCount()).isLessThan(before);
    }

    @Test
    void whatNoCommitNeedsIsSweptAndNothingElse() {
        pds.create();
        pds.commit(
                IntStream.range(0, 150).mapToObj(n -> Pds.put("r" + n, "v" + n)).toArray(RepoWrite[]::new));
        long sound = pds.blockCount();
        byte[] lost = {(byte) 0xa0};
        BlockMap orphans = new BlockMap().put(Cid.ofCbor(lost), lost);
        new MongoBlocks(pds.database).put(Pds.ALICE, new Tid("2222222222222"), orphans, List.of());
        assertThat(pds.blockCount()).isEqualTo(sound + 1);
        pds.store.orphans().step();
        pds.store.orphans().step();
        assertThat(pds.blockCount()).isEqualTo(sound);
        assertThat(pds.exported()).hasSize(150);
    }

    @Test
    void whatIsStillBeingWrittenIsNotSwept() {
        pds.create();
        byte[] fresh = {(byte) 0xa0};
        new MongoBlocks(pds.database)
                .put(Pds.ALICE, new Tid("jzzzzzzzzzzzz"), new BlockMap().put(Cid.ofCbor(fresh), fresh), List.of());
        long before = pds.blockCount();
        pds.store.orphans().step();
        assertThat(pds.blockCount()).isEqualTo(before);
    }

    @Test
    void aCommitNeedsFewTripsToTheStore() {
        pds.create();
        pds.commit(
                IntStream.range(0, 100).mapToObj(n -> Pds.put("r" + n, "v" + n)).toArray(RepoWrite[]::new));
        int[] trips = {0};
        pds.counting(trips);
        pds.commit(Pds.put("r5", "reads the tree"));
        trips[0] = 0;
        pds.commit(Pds.put("r5", "again"));
        assertThat(trips[0]).isLessThanOrEqualTo(6);
    }

    @Test
    void aProofShowsWhatIsThereAndWhatIsNot() {
        pds.create();
        for (int i = 0; i < 60; i++) {
            pds.commit(Pds.put("r" + i, "v" + i));
        }
        for (String rkey : List.of("r7", "nothing")) {
            CarFile car = CarReader.read(
                    pds.store.archive().proof(Pds.ALICE, Pds.path(rkey)).orElseThrow(), CarLimits.COMMIT);
            SignedCommit commit =
                    SignedCommit.parse(car.blocks().get(car.roots().getFirst()).orElseThrow());
            var found = Mst.load(car.blocks(), commit.commit().data())
                    .get(Pds.path(rkey).key());
            assertThat(found.isPresent()).isEqualTo(rkey.equals("r7"));
            found.ifPresent(cid -> assertThat(car.blocks().has(cid)).isTrue());
        }
        assertThat(pds.store.archive().proof(new Did("did:plc:zzzzzzzzzzzzzzzzzzzzzzzz"), Pds.path("a")))
                .isEmpty();
    }

    @Test
    void recordsAreListedInPagesInBothDirections() {
        pds.create();
        for (String rkey : List.of("a", "b", "c", "d")) {
            pds.commit(Pds.put(rkey, rkey));
        }
        Nsid posts = Pds.path("a").collection();
        var archive = pds.store.archive();
        var newest = archive.records(Pds.ALICE, posts, Optional.empty(), 2, true);
        assertThat(newest).extracting(r -> r.path().rkey().value()).containsExactly("d", "c");
        var older = archive.records(
                Pds.ALICE, posts, Optional.of(newest.getLast().path().rkey()), 9, true);
        assertThat(older).extracting(r -> r.path().rkey().value()).containsExactly("b", "a");
        var rising = archive.records(Pds.ALICE, posts, Optional.of(Pds.path("b").rkey()), 9, false);
        assertThat(rising).extracting(r -> r.path().rkey().value()).containsExactly("c", "d");
        assertThat(archive.collections(Pds.ALICE)).containsExactly(posts);
    }
}
