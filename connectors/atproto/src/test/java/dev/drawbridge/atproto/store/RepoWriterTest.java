package dev.drawbridge.atproto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.Blob;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.testkit.TestMongo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// Relays take five events an hour; the account alone costs four.
@ExtendWith(TestMongo.class)
class RepoWriterTest {
    private static final RelayLimits FEW =
            new RelayLimits(Optional.of(100L), Optional.of(8L), Optional.of(100_000L), 100);
    private static final int MOST_WRITES = 20;

    private final Pds pds;

    RepoWriterTest(MongoDatabase database) {
        pds = ready(database);
    }

    private static Pds ready(MongoDatabase database) {
        Pds pds = new Pds(database);
        pds.limits = FEW;
        pds.restart();
        pds.create();
        pds.store.accounts().insert(account());
        return pds;
    }

    private static Account account() {
        return new Account(
                Pds.ALICE,
                new NativeId(Network.NOSTR, "alice"),
                Pds.HANDLE,
                Pds.KEY,
                "{}",
                true,
                java.time.Instant.EPOCH);
    }

    private static void write(Pds pds, RepoWrite... writes) {
        pds.clock.advance(Duration.ofMillis(5));
        pds.store.writer().write(account(), List.of(writes));
    }

    private static List<CommitEvent> commits(Pds pds) {
        return pds.events().stream()
                .<CommitEvent>mapMulti((event, into) -> {
                    if (event instanceof CommitEvent commit && !commit.ops().isEmpty()) {
                        into.accept(commit);
                    }
                })
                .toList();
    }

    private static List<String> paths(CommitEvent commit) {
        return commit.ops().stream().map(op -> op.path().key()).toList();
    }

    private static RepoWrite like(String rkey) {
        return new RepoWrite.Put(
                RepoPath.parse("app.bsky.feed.like/" + rkey),
                DataMap.builder().put("$type", "app.bsky.feed.like").build());
    }

    /// Uses up what relays take in this hour.
    private static void exhausted(Pds pds) {
        for (int i = 0; pds.store.sequencer().budget().allows(); i++) {
            write(pds, Pds.put("before" + i, "one"));
        }
    }

    private void anHourLater() {
        pds.clock.advance(Duration.ofMinutes(66));
        pds.store.writer().drain();
    }

    @Test
    void whileRelaysTakeMoreEveryWriteIsACommit() {
        write(pds, Pds.put("a", "one"));
        write(pds, Pds.put("b", "two"));
        assertThat(commits(pds)).hasSize(2);
        assertThat(pds.store.writer().backlog().writes()).isZero();
    }

    @Test
    void whatIsOverTheLimitWaitsAndGoesInOneCommitTakingBackFirst() {
        exhausted(pds);
        int before = commits(pds).size();
        write(pds, like("l"));
        write(pds, Pds.delete("before0"));
        write(pds, Pds.put("a", "one"));
        write(pds, Pds.put("b", "two"));
        assertThat(commits(pds)).hasSize(before);
        assertThat(pds.listed()).doesNotContainKey("a").containsKey("before0");
        assertThat(pds.store.writer().backlog().writes()).isEqualTo(4);
        anHourLater();
        assertThat(commits(pds)).hasSize(before + 1);
        assertThat(paths(commits(pds).getLast()))
                .containsExactly(
                        "app.bsky.feed.post/before0",
                        "app.bsky.feed.post/a",
                        "app.bsky.feed.post/b",
                        "app.bsky.feed.like/l");
        assertThat(pds.store.writer().backlog()).isEqualTo(new RepoWriter.Backlog(0, Optional.empty()));
        assertThat(pds.complaints()).isEmpty();
        write(pds, Pds.put("c", "three"));
        assertThat(commits(pds)).as("at once again").hasSize(before + 2);
    }

    @Test
    void theLastWordAboutARecordIsTheOneThatGoes() {
        exhausted(pds);
        write(pds, Pds.put("a", "one"));
        write(pds, Pds.put("a", "two"));
        write(pds, Pds.put("before0", "changed"));
        write(pds, Pds.delete("before0"));
        write(pds, Pds.put("b", "said"));
        write(pds, Pds.delete("b"));
        assertThat(pds.store.writer().backlog().writes()).isEqualTo(2);
        anHourLater();
        assertThat(pds.listed()).containsEntry("a", "two").doesNotContainKeys("b", "before0");
        assertThat(paths(commits(pds).getLast())).containsExactly("app.bsky.feed.post/before0", "app.bsky.feed.post/a");
    }

    @Test
    void whatIsTakenBackAndWhoIsBlockedGoesBeforeEverythingOthersSay() {
        MongoWriteQueue queue = new MongoWriteQueue(pds.database);
        java.time.Instant now = pds.clock.instant();
        Did bob = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
        Did carol = new Did("did:plc:cccccccccccccccccccccccc");
        RepoPath block = RepoPath.parse("app.bsky.graph.block/mallory");
        RepoWrite blocks = new RepoWrite.Put(
                block,
                DataMap.builder().put("$type", block.collection().value()).build());
        queue.put(Pds.ALICE, Pds.put("a", "one"), pds.clock.instant());
        queue.put(bob, Pds.delete("b"), pds.clock.instant().plusSeconds(1));
        queue.put(carol, blocks, pds.clock.instant().plusSeconds(2));
        assertThat(queue.first(Set.of(), now)).contains(bob);
        assertThat(queue.first(Set.of(bob), now)).contains(carol);
        assertThat(queue.first(Set.of(bob, carol), now)).contains(Pds.ALICE);
    }

    @Test
    void aDeleteIsInTheFirstOfSeveralCommits() {
        exhausted(pds);
        int before = commits(pds).size();
        for (int i = 0; i < 200; i++) {
            write(pds, Pds.put("many" + i, "text " + i));
        }
        write(pds, Pds.delete("before0"));
        anHourLater();
        assertThat(paths(commits(pds).get(before))).hasSize(200).contains("app.bsky.feed.post/before0");
    }

    @Test
    void moreThanOneCommitHoldsGoesInSeveral() {
        exhausted(pds);
        int before = commits(pds).size();
        for (int i = 0; i < 250; i++) {
            write(pds, Pds.put("many" + i, "text " + i));
        }
        anHourLater();
        assertThat(commits(pds).stream().skip(before).map(commit -> commit.ops().size()))
                .containsExactly(200, 50);
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void recordsThatAreTooLargeTogetherGoInSeveralCommits() {
        exhausted(pds);
        int before = commits(pds).size();
        for (int i = 0; i < 3; i++) {
            write(pds, Pds.put("large" + i, "x".repeat(300_000)));
        }
        anHourLater();
        assertThat(commits(pds).stream().skip(before).map(commit -> commit.ops().size()))
                .containsExactly(1, 1, 1);
    }

    @Test
    void whatCannotBeStoredIsRefusedBeforeItWaits() {
        exhausted(pds);
        RepoWrite wrong = new RepoWrite.Put(Pds.path("a"), DataMap.empty());
        assertThatThrownBy(() -> write(pds, wrong)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(pds, Pds.put("a", "x".repeat(1_000_001))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(pds, Pds.put("a", "one"), Pds.delete("a")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(pds.store.writer().backlog().writes()).isZero();
    }

    @Test
    void whoLeavesSaysNothingMoreAndTakesBackWhatTheyDid() {
        exhausted(pds);
        write(pds, Pds.put("a", "one"));
        write(pds, Pds.put("before1", "changed"));
        write(pds, Pds.delete("before0"));
        pds.store.writer().leave(account());
        assertThat(pds.listed()).doesNotContainKeys("a", "before0").containsEntry("before1", "one");
        assertThat(pds.store.writer().backlog().writes()).isZero();
        write(pds, Pds.put("b", "two"));
        pds.store.writer().forget(Pds.ALICE);
        anHourLater();
        assertThat(pds.listed()).doesNotContainKeys("a", "b");
    }

    @Test
    void whatIsNotSaidAnyMoreHoldsNoFiles() {
        BlobStore blobs = BlobStore.open(pds.database);
        Cid said = file(blobs, "said");
        Cid unsaid = file(blobs, "unsaid");
        write(pds, picture("a", said));
        exhausted(pds);
        write(pds, picture("a", unsaid));
        write(pds, picture("b", unsaid));
        pds.store.writer().leave(account());
        pds.clock.advance(Duration.ofDays(2));
        assertThat(blobs.sweep(pds.clock.instant())).isEqualTo(1);
        assertThat(blobs.find(Pds.ALICE, said)).isPresent();
        assertThat(blobs.find(Pds.ALICE, unsaid)).isEmpty();
    }

    private Cid file(BlobStore blobs, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return blobs.put(Pds.ALICE, "image/png", bytes, Optional.empty(), Optional.empty(), pds.clock.instant())
                .cid();
    }

    private static RepoWrite picture(String rkey, Cid file) {
        return new RepoWrite.Put(
                Pds.path(rkey),
                DataMap.builder()
                        .put("$type", "app.bsky.feed.post")
                        .put("text", "a picture")
                        .put("file", new Blob(file, "image/png", 6).toData())
                        .build());
    }

    @Test
    void whatWaitsForAClosedAccountHoldsNobodyUp() {
        exhausted(pds);
        write(pds, Pds.put("a", "one"));
        pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
        anHourLater();
        assertThat(pds.store.writer().backlog().writes()).isEqualTo(1);
        pds.store.repositories().reopen(Pds.ALICE, Pds.KEY);
        pds.store.writer().drain();
        assertThat(pds.listed()).containsEntry("a", "one");
    }

    @Test
    void whoComesBackHasNothingThatWasTakenBackMeanwhile() {
        exhausted(pds);
        pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
        write(pds, Pds.delete("before0"));
        assertThat(pds.listed()).containsKey("before0");
        pds.store.writer().reopen(account());
        assertThat(pds.listed()).doesNotContainKey("before0").containsKey("before1");
        assertThat(pds.store.archive().state(Pds.ALICE).map(RepoState::active)).contains(true);
        assertThat(pds.events().getLast()).isInstanceOf(RepoSyncEvent.class);
        assertThat(pds.store.writer().backlog().writes()).isZero();
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void aRestartForgetsNeitherWhatWaitsNorWhatWasUsed() {
        exhausted(pds);
        write(pds, Pds.put("a", "one"));
        pds.restart();
        write(pds, Pds.put("a", "two"));
        assertThat(pds.listed()).doesNotContainKey("a");
        anHourLater();
        assertThat(pds.listed()).containsEntry("a", "two");
    }

    /// The process dies at every write in turn, before the write and just after it.
    @TestFactory
    Stream<DynamicTest> whatWasTakenIsNeverLost() {
        return Stream.of(true, false)
                .flatMap(written -> IntStream.rangeClosed(1, MOST_WRITES)
                        .mapToObj(at -> DynamicTest.dynamicTest(
                                (written ? "after write " : "before write ") + at, () -> survives(at, written))));
    }

    private static void survives(int at, boolean written) {
        try (TestMongo mongo = new TestMongo()) {
            Pds pds = ready(mongo.fresh());
            exhausted(pds);
            List<RepoWrite> wanted = Arrays.asList(
                    Pds.put("a", "one"),
                    Pds.put("a", "two"),
                    Pds.put("b", "gone"),
                    Pds.delete("b"),
                    Pds.delete("before0"),
                    Pds.put("c", "three"));
            List<RepoWrite> taken = new ArrayList<>();
            pds.start(new Faults(at, written));
            try {
                for (RepoWrite next : wanted) {
                    if (taken.size() == 4) {
                        pds.clock.advance(Duration.ofMinutes(66));
                    }
                    write(pds, next);
                    taken.add(next);
                }
            } catch (Faults.Crash e) {
                assertThat(taken).hasSizeLessThan(wanted.size());
            }
            pds.restart();
            pds.clock.advance(Duration.ofMinutes(66));
            // What was not taken is sent again, as the bridge does.
            wanted.subList(taken.size(), wanted.size()).forEach(next -> write(pds, next));
            pds.store.writer().look();
            pds.store.writer().drain();
            Map<String, String> listed = pds.listed();
            assertThat(listed)
                    .containsEntry("a", "two")
                    .containsEntry("c", "three")
                    .doesNotContainKeys("b", "before0");
            assertThat(pds.exported()).isEqualTo(listed);
            assertThat(pds.complaints()).isEmpty();
            assertThat(pds.store.writer().backlog().writes()).isZero();
        }
    }
}
