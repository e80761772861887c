package dev.drawbridge.atproto.record.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.BlockSource;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepoCommitterTest {
    private static final Did ALICE = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final String KEY = "alice";

    private final FixedKeys keys = FixedKeys.named(KEY);
    private final RepoCommitter committer = new RepoCommitter(keys);
    private final BlockMap store = new BlockMap();
    private RepoHead head = new RepoHead(ALICE, Cid.ofRaw(new byte[0]), rev(0), Cid.ofRaw(new byte[0]));

    @BeforeEach
    void create() {
        keep(committer.create(ALICE, rev(0), KEY));
    }

    @Test
    void aNewRepositoryHasAnEmptyTree() {
        NewCommit first = committer.create(ALICE, rev(0), KEY);
        assertThat(first.head().data()).isEqualTo(Mst.empty().root());
        assertThat(first.since()).isEmpty();
        assertThat(first.prevData()).isEmpty();
        assertThat(first.ops()).isEmpty();
        assertThat(first.newBlocks().cids())
                .containsExactly(first.commit().cid(), Mst.empty().root());
        assertThat(first.dropped()).isEmpty();
    }

    @Test
    void theBytesOfACommitNeverChange() {
        NewCommit step = commit(put("a", "one"), put("b", "two"), put("c", "three"));
        assertThat(step.head().data()).hasToString("bafyreiajdxulybaga7nzxsripamovs23rtfva62saoscgp7vahmwpsqoau");
        assertThat(step.commit().cid()).hasToString("bafyreihqcp5gevi4mqz4q6anmaulmkoplxrwvij4xghesluz4zsweafvqq");
    }

    @Test
    void aCommitIsSignedByItsAccountAlone() {
        SignedCommit commit = committer.create(ALICE, rev(0), KEY).commit();
        assertThat(commit.isSignedBy(keys.didKey(KEY), FixedKeys.verifier())).isTrue();
        assertThat(commit.isSignedBy(FixedKeys.named("bob").didKey("bob"), FixedKeys.verifier()))
                .isFalse();
        byte[] forged = commit.signature();
        forged[10] ^= 1;
        SignedCommit other = new SignedCommit(commit.commit(), forged);
        assertThat(other.isSignedBy(keys.didKey(KEY), FixedKeys.verifier())).isFalse();
        assertThat(other).isNotEqualTo(commit);
    }

    @Test
    void writesBecomeOps() {
        NewCommit created = commit(put("a", "one"), put("b", "two"));
        assertThat(created.ops())
                .containsExactly(new RepoOp.Create(path("a"), cid("one")), new RepoOp.Create(path("b"), cid("two")));
        NewCommit changed = commit(put("a", "three"), new RepoWrite.Delete(path("b")));
        assertThat(changed.ops())
                .containsExactly(
                        new RepoOp.Update(path("a"), cid("three"), cid("one")),
                        new RepoOp.Delete(path("b"), cid("two")));
        assertThat(changed.since()).contains(created.head().rev());
        assertThat(changed.prevData()).contains(created.head().data());
        assertThat(Mst.load(store, head.data()).get("app.bsky.feed.post/a")).contains(cid("three"));
        assertThat(Mst.load(store, head.data()).get("app.bsky.feed.post/b")).isEmpty();
    }

    @Test
    void askingForWhatIsAlreadySoMakesNoCommit() {
        commit(put("a", "one"));
        assertThat(committer.commit(head, store, List.of(put("a", "one")), rev(50), KEY))
                .isEmpty();
        assertThat(committer.commit(head, store, List.of(new RepoWrite.Delete(path("x"))), rev(50), KEY))
                .isEmpty();
        assertThat(committer.commit(head, store, List.of(), rev(50), KEY)).isEmpty();
        NewCommit some = commit(put("a", "one"), put("b", "two"));
        assertThat(some.ops()).containsExactly(new RepoOp.Create(path("b"), cid("two")));
    }

    @Test
    void aRecordThatIsStoredAlreadyIsSentAgain() {
        commit(put("a", "same"));
        NewCommit second = commit(put("b", "same"));
        assertThat(second.carBlocks().has(cid("same"))).isTrue();
    }

    @Test
    void aCommitWithoutChangesCarriesTheTopOfTheTree() {
        commit(put("a", "one"), put("b", "two"));
        NewCommit empty = committer.commitNothing(head, store, rev(60), KEY);
        assertThat(empty.ops()).isEmpty();
        assertThat(empty.prevData()).contains(head.data());
        assertThat(empty.head().data()).isEqualTo(head.data());
        assertThat(empty.newBlocks().cids()).containsExactly(empty.commit().cid());
        assertThat(empty.carBlocks().cids()).containsExactly(empty.commit().cid(), head.data());
        assertThat(empty.dropped()).containsExactly(head.commit());
    }

    @Test
    void droppedBlocksAreThoseNobodyNeeds() {
        for (int i = 0; i < 40; i++) {
            NewCommit step = committer
                    .commit(head, store, List.of(put("k" + i % 25, "text " + i)), rev(i + 1), KEY)
                    .orElseThrow();
            BlockMap kept = new BlockMap();
            store.forEach((cid, bytes) -> {
                if (!step.dropped().contains(cid)) {
                    kept.put(cid, bytes);
                }
            });
            kept.putAll(step.newBlocks());
            RepoExport.repository(step.head(), kept, new java.io.ByteArrayOutputStream());
            keep(step);
        }
    }

    @Test
    void aRevisionMustRise() {
        assertThatThrownBy(() -> committer.commit(head, store, List.of(put("a", "x")), head.rev(), KEY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> committer.commitNothing(head, store, head.rev(), KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void impossibleWritesAreOurBug() {
        refused(List.of(put("a", "x"), put("a", "y")));
        refused(List.of(new RepoWrite.Put(path("a"), DataMap.empty())));
        refused(List.of(new RepoWrite.Put(
                path("a"), DataMap.builder().put("$type", "app.bsky.feed.like").build())));
        refused(List.of(put("a", "x".repeat(1_000_000))));
        DataMap untyped = DataMap.builder().put("$type", "").build();
        DataMap outer = record("x").toBuilder().put("inner", untyped).build();
        refused(List.of(new RepoWrite.Put(path("a"), outer)));
        String large = "x".repeat(900_000);
        refused(List.of(put("a", large + 1), put("b", large + 2), put("c", large + 3)));
        List<RepoWrite> many = new ArrayList<>();
        for (int i = 0; i <= RepoCommitter.MAX_OPS; i++) {
            many.add(put("k" + i, "x"));
        }
        refused(many);
    }

    @Test
    void aKeyThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> committer.create(ALICE, rev(0), "nobody"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStoreThatLostANodeIsAnError() {
        assertThatThrownBy(() -> committer.commit(head, BlockSource.empty(), List.of(put("a", "x")), rev(9), KEY))
                .isInstanceOf(MissingBlock.class);
    }

    @Test
    void aCommitBlockIsReadBackAndNothingElseIs() {
        SignedCommit commit = commit(put("a", "one")).commit();
        assertThat(SignedCommit.parse(commit.bytes())).isEqualTo(commit).hasSameHashCodeAs(commit);
        DataMap data = DagCbor.decodeMap(commit.bytes());
        assertThat(data.get("prev")).contains(new Data.Null());
        for (DataMap bad : List.of(
                data.toBuilder().put("version", 2).build(),
                data.toBuilder().put("extra", 1).build(),
                data.toBuilder().put("sig", new byte[63]).build(),
                data.toBuilder().put("rev", "now").build(),
                data.toBuilder().put("did", "alice").build(),
                data.toBuilder().put("prev", "x").build(),
                data.toBuilder().put("data", "x").build(),
                DataMap.empty())) {
            assertThatThrownBy(() -> SignedCommit.parse(DagCbor.encode(bad))).isInstanceOf(MalformedData.class);
        }
    }

    @Test
    void anOlderCommitMayLinkToTheOneBefore() {
        Commit linked = new Commit(ALICE, rev(1), head.data(), Optional.of(head.commit()));
        SignedCommit signed = linked.sign(keys, KEY);
        assertThat(SignedCommit.parse(signed.bytes())).isEqualTo(signed);
        assertThat(SignedCommit.parse(signed.bytes()).isSignedBy(keys.didKey(KEY), FixedKeys.verifier()))
                .isTrue();
    }

    @Test
    void aRecordIsProvenToBeThereOrNot() {
        commit(put("a", "one"), put("b", "two"), put("c", "three"));
        DidKey key = keys.didKey(KEY);
        RecordProof there = RecordProof.verify(
                RepoExport.record(head, store, path("b")), ALICE, path("b"), key, FixedKeys.verifier());
        assertThat(there.record()).map(RecordProof.Found::cid).contains(cid("two"));
        assertThat(there.record()).map(RecordProof.Found::value).contains(record("two"));
        RecordProof gone = RecordProof.verify(
                RepoExport.record(head, store, path("x")), ALICE, path("x"), key, FixedKeys.verifier());
        assertThat(gone.record()).isEmpty();
        assertThat(gone.commit().head()).isEqualTo(head);
    }

    @Test
    void aProofThatProvesNothingIsRefused() {
        List<RepoWrite> writes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            writes.add(put("k" + i, "text " + i));
        }
        commit(writes.toArray(RepoWrite[]::new));
        DidKey key = keys.didKey(KEY);
        byte[] proof = RepoExport.record(head, store, path("k1"));
        Did bob = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
        DidKey other = FixedKeys.named("bob").didKey("bob");
        assertThatThrownBy(() -> RecordProof.verify(proof, bob, path("k1"), key, FixedKeys.verifier()))
                .isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> RecordProof.verify(proof, ALICE, path("k1"), other, FixedKeys.verifier()))
                .isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 60; i++) {
                        RecordProof.verify(proof, ALICE, path("k" + i), key, FixedKeys.verifier());
                    }
                })
                .isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> RecordProof.verify(new byte[] {1, 2}, ALICE, path("k1"), key, FixedKeys.verifier()))
                .isInstanceOf(MalformedData.class);
    }

    private void refused(List<RepoWrite> writes) {
        assertThatThrownBy(() -> committer.commit(head, store, writes, rev(99), KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private NewCommit commit(RepoWrite... writes) {
        Tid next = Tid.of(head.rev().micros() + 1, 0);
        NewCommit step =
                committer.commit(head, store, List.of(writes), next, KEY).orElseThrow();
        keep(step);
        return step;
    }

    private void keep(NewCommit step) {
        store.putAll(step.newBlocks());
        head = step.head();
    }

    private static Tid rev(int i) {
        return Tid.of(1_750_000_000_000_000L + i, 0);
    }

    private static RepoPath path(String rkey) {
        return RepoPath.parse("app.bsky.feed.post/" + rkey);
    }

    private static RepoWrite put(String rkey, String text) {
        return new RepoWrite.Put(path(rkey), record(text));
    }

    private static DataMap record(String text) {
        return DataMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", text)
                .build();
    }

    private static Cid cid(String text) {
        return DagCbor.cid(record(text));
    }
}
