package dev.drawbridge.atproto.record.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerdict;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Repositories that the reference implementation made with fixed keys: ours must not differ in a byte.
class GoldenRepoTest {
    private static final String KEY = "golden";

    private final FixedKeys keys = new FixedKeys();
    private final RepoCommitter committer = new RepoCommitter(keys);
    private final BlockMap store = new BlockMap();

    @Test
    void everyCommitOfOurOwnSetIsTheReferencesByteForByte() {
        JsonNode golden = Vectors.own("repo.json");
        assertThat(golden.get("commits")).hasSize(11);
        replay(golden, Base64.getDecoder().decode(text(golden, "repoB64")));
    }

    @Test
    void everyCommitIsTheReferencesByteForByte() {
        replay(Vectors.json("golden/repo-commits.json"), Vectors.bytes("golden/repo.car"));
    }

    private void replay(JsonNode golden, byte[] car) {
        keys.with(KEY, text(golden, "signingKeyHex"));
        Did did = new Did(text(golden, "did"));
        DidKey key = DidKey.parse(text(golden, "signingDidKey"));
        assertThat(key).isEqualTo(keys.didKey(KEY));
        Optional<RepoHead> head = Optional.empty();
        for (JsonNode expected : golden.get("commits")) {
            NewCommit step = step(did, head, expected);
            assertThat(HexFormat.of().formatHex(step.commit().bytes())).isEqualTo(text(expected, "commitBlockHex"));
            assertThat(step.commit().cid()).hasToString(text(expected, "cid"));
            assertThat(step.head().data()).hasToString(text(expected, "data"));
            assertThat(step.since().map(Tid::value)).isEqualTo(optional(expected, "since"));
            assertThat(step.prevData().map(Cid::toString)).isEqualTo(optional(expected, "prevData"));
            assertThat(step.ops().stream().map(GoldenRepoTest::shown)).isEqualTo(ops(expected));
            assertCar(step, expected);
            assertVerifies(step, key, head);
            store.putAll(step.newBlocks());
            head = Optional.of(step.head());
        }
        assertExport(head.orElseThrow(), car);
    }

    private NewCommit step(Did did, Optional<RepoHead> head, JsonNode expected) {
        Tid rev = new Tid(text(expected, "rev"));
        if (head.isEmpty()) {
            return committer.create(did, rev, KEY);
        }
        List<RepoWrite> writes = new ArrayList<>();
        for (JsonNode op : expected.get("ops")) {
            RepoPath path = RepoPath.parse(text(op, "path"));
            JsonNode record = expected.get("records").get(path.key());
            writes.add(record == null ? new RepoWrite.Delete(path) : new RepoWrite.Put(path, DataJson.map(record)));
        }
        return committer.commit(head.get(), store, writes, rev, KEY).orElseThrow();
    }

    private static void assertCar(NewCommit step, JsonNode expected) {
        if (!expected.has("carB64")) {
            return;
        }
        CarFile ours = CarReader.read(step.car(), CarLimits.COMMIT);
        assertThat(ours.roots()).containsExactly(step.commit().cid());
        assertThat(ours.blocks().cids().iterator().next())
                .isEqualTo(step.commit().cid());
        assertThat(ours.blocks().cids().stream().map(Cid::toString).sorted())
                .containsExactlyElementsOf(expected.get("blockCids")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
        CarFile theirs = CarReader.read(Base64.getDecoder().decode(text(expected, "carB64")), CarLimits.COMMIT);
        theirs.blocks()
                .forEach((cid, bytes) -> assertThat(ours.blocks().get(cid)).contains(bytes));
    }

    private void assertVerifies(NewCommit step, DidKey key, Optional<RepoHead> head) {
        CommitEvent event = CommitEvent.of(step, 1, Instant.EPOCH);
        assertThat(FrameCodec.decode(FrameCodec.encode(event))).isEqualTo(new Frame.Event(event));
        assertThat(new CommitVerifier(FixedKeys.verifier())
                        .verify(event, key, head, step.head().rev().time()))
                .isInstanceOf(CommitVerdict.Verified.class);
    }

    private void assertExport(RepoHead head, byte[] car) {
        CarFile theirs = CarReader.read(car, CarLimits.REPOSITORY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RepoExport.repository(head, store, out);
        CarFile ours = CarReader.read(out.toByteArray(), CarLimits.REPOSITORY);
        assertThat(ours.roots()).isEqualTo(theirs.roots());
        assertThat(ours.blocks().cids()).isEqualTo(theirs.blocks().cids());
        theirs.blocks()
                .forEach((cid, bytes) -> assertThat(ours.blocks().get(cid)).contains(bytes));
    }

    private static List<String> ops(JsonNode expected) {
        return expected.get("ops")
                .valueStream()
                .map(op -> text(op, "action")
                        + ' '
                        + text(op, "path")
                        + ' '
                        + optional(op, "cid")
                        + ' '
                        + optional(op, "prev"))
                .toList();
    }

    private static String shown(RepoOp op) {
        String action = switch (op) {
            case RepoOp.Create _ -> "create";
            case RepoOp.Update _ -> "update";
            case RepoOp.Delete _ -> "delete";
        };
        return action
                + ' '
                + op.path()
                + ' '
                + op.cid().map(Cid::toString)
                + ' '
                + op.prev().map(Cid::toString);
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static Optional<String> optional(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field))
                .filter(value -> !value.isNull())
                .map(JsonNode::asString);
    }
}
