package dev.drawbridge.atproto.record.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.CborLimits;
import dev.drawbridge.atproto.record.cbor.CborReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.NewCommit;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
    private static final Did ALICE = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final RepoPath PATH = RepoPath.parse("app.bsky.feed.post/a");

    private final RepoCommitter committer = new RepoCommitter(FixedKeys.named("alice"));
    private final NewCommit first = committer.create(ALICE, Tid.of(1, 0), "alice");
    private final BlockMap store = new BlockMap().putAll(first.newBlocks());
    private final NewCommit second = next(first, new RepoWrite.Put(PATH, post("one")));

    @Test
    void everyEventIsReadBack() {
        for (SyncEvent event : List.of(
                CommitEvent.of(first, 1, TIME),
                CommitEvent.of(second, 2, TIME),
                RepoSyncEvent.of(first.commit(), 3, TIME),
                new IdentityEvent(4, ALICE, TIME, Optional.of(new Handle("alice.example"))),
                new IdentityEvent(5, ALICE, TIME, Optional.empty()),
                AccountEvent.active(6, ALICE, TIME),
                AccountEvent.inactive((1L << 53) - 1, ALICE, TIME, AccountEvent.DEACTIVATED))) {
            assertThat(FrameCodec.decode(FrameCodec.encode(event))).isEqualTo(new Frame.Event(event));
        }
    }

    @Test
    void noticesAndErrorsAreReadBack() {
        Frame.Info info = new Frame.Info(Frame.Info.OUTDATED_CURSOR, Optional.of("too old"));
        assertThat(FrameCodec.decode(FrameCodec.encode(info))).isEqualTo(info);
        Frame.Failure failure = new Frame.Failure(Frame.Failure.FUTURE_CURSOR, Optional.empty());
        assertThat(FrameCodec.decode(FrameCodec.encode(failure))).isEqualTo(failure);
        assertThat(header(FrameCodec.encode(failure)))
                .isEqualTo(DataMap.builder().put("op", -1).build());
    }

    @Test
    void theFirstCommitHasNoPrevDataAndANullSince() {
        DataMap body = body(FrameCodec.encode(CommitEvent.of(first, 1, TIME)));
        assertThat(body.fields().keySet())
                .containsExactlyInAnyOrder(
                        "seq", "repo", "time", "rev", "since", "commit", "blocks", "ops", "blobs", "rebase", "tooBig");
        assertThat(body.get("since")).contains(new Data.Null());
        assertThat(body.get("blobs")).contains(DataList.of());
        assertThat(body.bool("tooBig")).contains(false);
        assertThat(body.bool("rebase")).contains(false);
        assertThat(body.text("time")).contains("2026-01-02T03:04:05.678Z");
    }

    @Test
    void opsHavePrevOnlyWhereThereWasARecord() {
        NewCommit third = next(second, new RepoWrite.Put(PATH, post("two")));
        NewCommit fourth = next(third, new RepoWrite.Delete(PATH));
        assertThat(op(second).fields().keySet()).containsExactlyInAnyOrder("action", "path", "cid");
        assertThat(op(third).link("prev")).contains(DagCbor.cid(post("one")));
        assertThat(op(fourth).get("cid")).contains(new Data.Null());
        assertThat(op(fourth).link("prev")).contains(DagCbor.cid(post("two")));
        assertThat(body(FrameCodec.encode(CommitEvent.of(second, 2, TIME))).link("prevData"))
                .contains(first.head().data());
    }

    @Test
    void anUnknownTypeIsForSkipping() {
        assertThat(FrameCodec.decode(frame(Map.of("op", Data.of(1), "t", Data.of("#new")), DataMap.empty())))
                .isEqualTo(new Frame.Unknown("#new"));
    }

    @Test
    void anUnknownFieldIsAllowed() {
        DataMap body = body(FrameCodec.encode(AccountEvent.active(6, ALICE, TIME))).toBuilder()
                .put("new", 1)
                .build();
        assertThat(FrameCodec.decode(frame(Map.of("op", Data.of(1), "t", Data.of("#account")), body)))
                .isEqualTo(new Frame.Event(AccountEvent.active(6, ALICE, TIME)));
    }

    @Test
    void aFieldThatIsMissingOrWrongIsRefused() {
        DataMap good = body(FrameCodec.encode(CommitEvent.of(second, 2, TIME)));
        for (String field : List.of("seq", "repo", "time", "rev", "commit", "blocks", "ops")) {
            DataMap.Builder without = DataMap.builder();
            good.fields().forEach((key, value) -> {
                if (!key.equals(field)) {
                    without.put(key, value);
                }
            });
            refusedCommit(without.build());
            refusedCommit(good.toBuilder().put(field, true).build());
        }
        for (DataMap bad : List.of(
                good.toBuilder().put("seq", 0).build(),
                good.toBuilder().put("seq", 1L << 53).build(),
                good.toBuilder().put("since", "x").build(),
                good.toBuilder().put("prevData", "x").build(),
                good.toBuilder().put("time", "yesterday").build(),
                good.toBuilder().put("time", "2026-01-02T03:04:05").build(),
                good.toBuilder().put("tooBig", true).build(),
                good.toBuilder().put("rebase", true).build(),
                good.toBuilder().put("blocks", new byte[0]).build(),
                good.toBuilder().put("blocks", new byte[2_000_001]).build())) {
            refusedCommit(bad);
        }
        assertThatThrownBy(() -> FrameCodec.decode(frame(
                        Map.of("op", Data.of(1), "t", Data.of("#account")),
                        body(FrameCodec.encode(RepoSyncEvent.of(first.commit(), 3, TIME))))))
                .isInstanceOf(MalformedData.class);
    }

    @Test
    void aBrokenOpIsRefused() {
        Cid cid = Cid.ofRaw(new byte[0]);
        DataMap create = DataMap.builder()
                .put("action", "create")
                .put("path", PATH.key())
                .put("cid", cid)
                .build();
        DataMap update = create.toBuilder().put("action", "update").build();
        DataMap delete = DataMap.builder()
                .put("action", "delete")
                .put("path", PATH.key())
                .put("cid", new Data.Null())
                .build();
        DataMap good = body(FrameCodec.encode(CommitEvent.of(second, 2, TIME)));
        for (Data bad : List.of(
                Data.of(1),
                DataMap.empty(),
                create.toBuilder().put("prev", cid).build(),
                create.toBuilder().put("cid", new Data.Null()).build(),
                create.toBuilder().put("path", "nowhere").build(),
                create.toBuilder().put("action", "move").build(),
                update,
                update.toBuilder().put("prev", cid).build(),
                delete,
                delete.toBuilder().put("cid", cid).put("prev", cid).build())) {
            refusedCommit(good.toBuilder().put("ops", List.of(bad)).build());
        }
        refusedCommit(good.toBuilder()
                .put("ops", java.util.Collections.nCopies(201, create))
                .build());
    }

    @Test
    void aBrokenFrameIsRefused() {
        byte[] good = FrameCodec.encode(AccountEvent.active(6, ALICE, TIME));
        for (byte[] bad : List.of(
                new byte[0],
                DagCbor.encode(
                        DataMap.builder().put("op", 1).put("t", "#account").build()),
                frame(Map.of("t", Data.of("#account")), DataMap.empty()),
                frame(Map.of("op", Data.of(2), "t", Data.of("#account")), DataMap.empty()),
                frame(Map.of("op", Data.of(1)), DataMap.empty()),
                frame(Map.of("op", Data.of(-1)), DataMap.empty()),
                java.util.Arrays.copyOf(good, good.length + 1),
                new byte[5_000_001])) {
            assertThatThrownBy(() -> FrameCodec.decode(bad)).isInstanceOf(MalformedData.class);
        }
    }

    @Property(tries = 2000)
    void randomBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] bytes) {
        readOrRefused(bytes);
    }

    @Property(tries = 2000)
    void changedFramesAreReadOrRefusedAndNothingElse(@ForAll int at, @ForAll byte value) {
        byte[] bytes = FrameCodec.encode(CommitEvent.of(second, 2, TIME));
        bytes[Math.floorMod(at, bytes.length)] = value;
        readOrRefused(bytes);
    }

    private static void readOrRefused(byte[] bytes) {
        try {
            assertThat(FrameCodec.decode(bytes)).isNotNull();
        } catch (MalformedData e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void refusedCommit(DataMap body) {
        assertThatThrownBy(() -> FrameCodec.decode(frame(Map.of("op", Data.of(1), "t", Data.of("#commit")), body)))
                .as(() -> DataJson.write(body).substring(0, 100))
                .isInstanceOf(MalformedData.class);
    }

    private NewCommit next(NewCommit before, RepoWrite write) {
        Tid rev = Tid.of(before.head().rev().micros() + 1, 0);
        NewCommit step = committer
                .commit(before.head(), store, List.of(write), rev, "alice")
                .orElseThrow();
        store.putAll(step.newBlocks());
        return step;
    }

    private static DataMap post(String text) {
        return DataMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", text)
                .build();
    }

    private static DataMap op(NewCommit step) {
        return body(FrameCodec.encode(CommitEvent.of(step, 9, TIME)))
                .maps("ops")
                .getFirst();
    }

    private static DataMap header(byte[] frame) {
        return (DataMap) DagCbor.read(new CborReader(frame, CborLimits.FRAME), CborLimits.FRAME);
    }

    private static DataMap body(byte[] frame) {
        CborReader reader = new CborReader(frame, CborLimits.FRAME);
        DagCbor.read(reader, CborLimits.FRAME);
        return (DataMap) DagCbor.read(reader, CborLimits.FRAME);
    }

    private static byte[] frame(Map<String, Data> header, DataMap body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(DagCbor.encode(new DataMap(header)));
        out.writeBytes(DagCbor.encode(body));
        return out.toByteArray();
    }
}
