package dev.drawbridge.atproto.record.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.block.CarWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.repo.NewCommit;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommitVerifierTest {
    private static final Did ALICE = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final long MICROS = NOW.getEpochSecond() * 1_000_000;

    private final FixedKeys keys = FixedKeys.named("alice");
    private final DidKey key = keys.didKey("alice");
    private final RepoCommitter committer = new RepoCommitter(keys);
    private final CommitVerifier verifier = new CommitVerifier(FixedKeys.verifier());
    private final BlockMap store = new BlockMap();
    private final NewCommit genesis = keep(committer.create(ALICE, Tid.of(MICROS, 0), "alice"));
    private final NewCommit before = next(genesis.head(), 1, writes(0, 60));
    private final NewCommit step = next(before.head(), 2, List.of(put(100), put(3), new RepoWrite.Delete(path(7))));
    private final CommitEvent event = CommitEvent.of(step, 5, NOW);

    @Test
    void aSoundCommitIsVerified() {
        assertThat(verify(event, Optional.of(before.head())))
                .isInstanceOfSatisfying(CommitVerdict.Verified.class, verified -> {
                    assertThat(verified.commit().head()).isEqualTo(step.head());
                    step.ops()
                            .forEach(op -> op.cid()
                                    .ifPresent(
                                            cid -> assertThat(verified.blocks().has(cid))
                                                    .isTrue()));
                });
        assertThat(verify(event, Optional.empty())).isInstanceOf(CommitVerdict.Verified.class);
        assertThat(verify(CommitEvent.of(genesis, 1, NOW), Optional.empty()))
                .isInstanceOf(CommitVerdict.Verified.class);
    }

    @Test
    void everyStepOfALongHistoryIsVerified() {
        RepoHead head = step.head();
        for (int i = 0; i < 60; i++) {
            List<RepoWrite> writes = List.of(put(200 + i % 13), new RepoWrite.Delete(path(i)), put(i * 7 % 60));
            NewCommit next = committer
                    .commit(head, store, distinct(writes), Tid.of(MICROS + 10 + i, 0), "alice")
                    .orElseThrow();
            assertThat(verify(CommitEvent.of(keep(next), 10 + i, NOW), Optional.of(head)))
                    .isInstanceOf(CommitVerdict.Verified.class);
            head = next.head();
        }
    }

    @Test
    void anotherKeyIsABadSignature() {
        DidKey other = FixedKeys.named("bob").didKey("bob");
        assertThat(verifier.verify(event, other, Optional.of(before.head()), NOW))
                .isEqualTo(new CommitVerdict.BadSignature(other));
    }

    @Test
    void anOldOrRepeatedCommitIsStale() {
        assertThat(verify(event, Optional.of(step.head())))
                .isEqualTo(new CommitVerdict.Stale(step.head().rev()));
    }

    @Test
    void aStepThatIsMissingIsNoticed() {
        assertThat(verify(event, Optional.of(genesis.head())))
                .isEqualTo(new CommitVerdict.Desynchronized(genesis.head()));
        RepoHead forked = new RepoHead(
                ALICE,
                before.head().commit(),
                before.head().rev(),
                genesis.head().data());
        assertThat(verify(event, Optional.of(forked))).isEqualTo(new CommitVerdict.Desynchronized(forked));
    }

    @Test
    void aRevisionFromTheFutureIsRefused() {
        assertThat(verifier.verify(event, key, Optional.of(before.head()), NOW.minusSeconds(301)))
                .isEqualTo(new CommitVerdict.Invalid("rev is in the future"));
        assertThat(verifier.verify(event, key, Optional.of(before.head()), NOW.minusSeconds(299)))
                .isInstanceOf(CommitVerdict.Verified.class);
    }

    @Test
    void aFieldThatIsNotThatOfTheCommitIsRefused() {
        invalid(
                changed(Tid.of(MICROS + 3, 0), ALICE, event.commit(), event.prevData(), event.ops(), event.blocks()),
                "revision");
        invalid(
                changed(
                        event.rev(),
                        new Did("did:web:x.example"),
                        event.commit(),
                        event.prevData(),
                        event.ops(),
                        event.blocks()),
                "another account");
        invalid(
                changed(event.rev(), ALICE, before.commit().cid(), event.prevData(), event.ops(), event.blocks()),
                "root");
        invalid(changed(event.rev(), ALICE, event.commit(), event.prevData(), event.ops(), new byte[] {1}), "CAR");
    }

    @Test
    void opsThatAreNotWhatHappenedAreRefused() {
        List<RepoOp> fewer = event.ops().subList(1, 3);
        invalid(withOps(fewer), "prevData");
        List<RepoOp> twice = new ArrayList<>(event.ops());
        twice.add(event.ops().getFirst());
        invalid(withOps(twice), "two changes");
        List<RepoOp> invented = new ArrayList<>(event.ops());
        invented.add(new RepoOp.Delete(path(5), Cid.ofRaw(new byte[0])));
        invalid(withOps(invented), "proof is incomplete");
        List<RepoOp> wrong = new ArrayList<>(event.ops());
        wrong.set(0, new RepoOp.Create(path(100), Cid.ofRaw(new byte[0])));
        invalid(withOps(wrong), "tree does not have");
        List<RepoOp> lying = new ArrayList<>(event.ops());
        lying.set(2, new RepoOp.Delete(path(7), Cid.ofRaw(new byte[0])));
        invalid(withOps(lying), "prevData");
    }

    @Test
    void aMissingOrWrongPrevDataIsRefused() {
        invalid(
                changed(event.rev(), ALICE, event.commit(), Optional.empty(), event.ops(), event.blocks()),
                "prevData is missing");
        CommitEvent wrong = changed(
                event.rev(), ALICE, event.commit(), Optional.of(genesis.head().data()), event.ops(), event.blocks());
        assertThat(verify(wrong, Optional.of(before.head()))).isInstanceOf(CommitVerdict.Desynchronized.class);
        assertThat(verify(wrong, Optional.empty())).isInstanceOf(CommitVerdict.Invalid.class);
    }

    @Test
    void everyBlockOfTheProofIsNeeded() {
        CarFile car = CarReader.read(event.blocks(), CarLimits.COMMIT);
        for (Cid left : car.blocks().cids()) {
            BlockMap fewer = new BlockMap();
            car.blocks().forEach((cid, bytes) -> {
                if (!cid.equals(left)) {
                    fewer.put(cid, bytes);
                }
            });
            assertThat(verify(withBlocks(CarWriter.toBytes(event.commit(), fewer)), Optional.of(before.head())))
                    .isInstanceOf(CommitVerdict.Invalid.class);
        }
    }

    @Test
    void noChangedByteGetsThroughAndNoneThrows() {
        for (int i = 0; i < event.blocks().length; i++) {
            byte[] blocks = event.blocks().clone();
            blocks[i] ^= 1;
            assertThat(verify(withBlocks(blocks), Optional.of(before.head())))
                    .as("byte " + i)
                    .isInstanceOf(CommitVerdict.Invalid.class);
        }
    }

    private CommitVerdict verify(CommitEvent changed, Optional<RepoHead> previous) {
        return verifier.verify(changed, key, previous, NOW);
    }

    private void invalid(CommitEvent changed, String reason) {
        assertThat(verify(changed, Optional.of(before.head())))
                .isInstanceOfSatisfying(
                        CommitVerdict.Invalid.class,
                        verdict -> assertThat(verdict.reason()).contains(reason));
    }

    private CommitEvent withOps(List<RepoOp> ops) {
        return changed(event.rev(), ALICE, event.commit(), event.prevData(), ops, event.blocks());
    }

    private CommitEvent withBlocks(byte[] blocks) {
        return changed(event.rev(), ALICE, event.commit(), event.prevData(), event.ops(), blocks);
    }

    private CommitEvent changed(Tid rev, Did did, Cid commit, Optional<Cid> prevData, List<RepoOp> ops, byte[] blocks) {
        return new CommitEvent(5, did, NOW, rev, event.since(), commit, prevData, ops, blocks);
    }

    private NewCommit next(RepoHead head, int i, List<RepoWrite> writes) {
        return keep(committer
                .commit(head, store, writes, Tid.of(MICROS + i, 0), "alice")
                .orElseThrow());
    }

    private NewCommit keep(NewCommit commit) {
        store.putAll(commit.newBlocks());
        return commit;
    }

    private static List<RepoWrite> distinct(List<RepoWrite> writes) {
        List<RepoWrite> some = new ArrayList<>();
        for (RepoWrite write : writes) {
            if (some.stream().noneMatch(other -> other.path().equals(write.path()))) {
                some.add(write);
            }
        }
        return some;
    }

    private static List<RepoWrite> writes(int from, int to) {
        List<RepoWrite> writes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            writes.add(new RepoWrite.Put(path(i), post("text " + i)));
        }
        return writes;
    }

    private static RepoWrite put(int i) {
        return new RepoWrite.Put(path(i), post("changed " + i));
    }

    private static RepoPath path(int i) {
        return RepoPath.parse("app.bsky.feed.post/k" + i);
    }

    private static DataMap post(String text) {
        return DataMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", text)
                .build();
    }
}
