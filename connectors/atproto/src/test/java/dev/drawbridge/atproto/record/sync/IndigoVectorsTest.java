package dev.drawbridge.atproto.record.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.syntax.Did;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Real commits of 2025, and whole sequences that a relay was tested with.
class IndigoVectorsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final CommitVerifier verifier = new CommitVerifier(FixedKeys.verifier());

    /// They are older than the rule that a commit can be undone, and so without `prevData`.
    @Test
    void realCommitsAreReadAndTheirOpsAreInTheTree() {
        for (String seq : List.of("4621317030", "4621317332", "4621332152", "4623075231")) {
            DataMap body = DataJson.map(
                    Vectors.json("indigo-testdata/atproto/repo/testdata/firehose_commit_" + seq + ".json"));
            CommitEvent event = (CommitEvent) ((Frame.Event) decode("#commit", body)).event();
            CarFile car = CarReader.read(event.blocks(), CarLimits.COMMIT);
            SignedCommit commit =
                    SignedCommit.parse(car.blocks().get(event.commit()).orElseThrow());
            Mst tree = Mst.load(car.blocks(), commit.commit().data());
            assertThat(event.ops()).isNotEmpty();
            event.ops().forEach(op -> assertThat(tree.get(op.path().key())).isEqualTo(op.cid()));
        }
    }

    @Test
    void aSoundSequenceIsVerifiedStepByStep() {
        assertThat(verdicts("post_lifecycle")).hasSize(6).allMatch(CommitVerdict.Verified.class::isInstance);
    }

    @Test
    void revisionsThatDoNotRiseAreNotTaken() {
        assertThat(verdicts("rev_ordering"))
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(CommitVerdict.Verified.class),
                        repeated -> assertThat(repeated).isInstanceOf(CommitVerdict.Invalid.class),
                        next -> assertThat(next).isInstanceOf(CommitVerdict.Verified.class));
    }

    @Test
    void commitsWithoutPrevDataAreRefused() {
        assertThat(verdicts("legacy")).hasSize(1).allMatch(CommitVerdict.Invalid.class::isInstance);
    }

    @Test
    void theLifeOfAnAccountIsRead() {
        List<SyncEvent> events = new ArrayList<>();
        for (JsonNode message : scenario("account_lifecycle").get("messages")) {
            events.add(((Frame.Event) decode(message.get("frame"))).event());
        }
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).isInstanceOf(IdentityEvent.class);
        assertThat(events.get(1)).isInstanceOf(AccountEvent.class);
        assertThat(events.get(2)).isInstanceOfSatisfying(RepoSyncEvent.class, sync -> {
            CarFile car = CarReader.read(sync.blocks(), CarLimits.COMMIT);
            SignedCommit commit =
                    SignedCommit.parse(car.blocks().get(car.roots().getFirst()).orElseThrow());
            assertThat(commit.head().rev()).isEqualTo(sync.rev());
            assertThat(commit.isSignedBy(key(scenario("account_lifecycle")), FixedKeys.verifier()))
                    .isTrue();
        });
        assertThat(events.get(3)).isInstanceOf(AccountEvent.class);
    }

    /// A relay takes what has a higher number than everything before it, of accounts that are active.
    @Test
    void sequencesARelayWasTestedWithAreReadAsItReadsThem() {
        for (String name : List.of("deactivation", "seq_ordering")) {
            long last = 0;
            Map<Did, Boolean> active = new HashMap<>();
            for (JsonNode message : scenario(name).get("messages")) {
                if (cannotBeUndone(message)) {
                    continue;
                }
                SyncEvent event = ((Frame.Event) decode(message.get("frame"))).event();
                boolean dropped = event.seq() <= last
                        || (event instanceof CommitEvent && !active.getOrDefault(event.did(), true));
                assertThat(dropped)
                        .as(name + " " + event.seq())
                        .isEqualTo(message.get("drop").asBoolean());
                last = Math.max(last, event.seq());
                if (!dropped && event instanceof AccountEvent account) {
                    active.put(account.did(), account.active());
                }
            }
            assertThat(last).as(name).isPositive();
        }
    }

    /// What a lenient relay lets through and nobody can undo is refused here.
    @Test
    void commitsOfOldAreReadOnlyIfTheySayWhatWasThereBefore() {
        int refused = 0;
        for (JsonNode message : scenario("post_lifecycle_legacy").get("messages")) {
            if (cannotBeUndone(message)) {
                assertThatThrownBy(() -> decode(message.get("frame")))
                        .isInstanceOf(MalformedData.class)
                        .hasMessageContaining("prev");
                refused++;
            } else {
                assertThat(decode(message.get("frame"))).isInstanceOf(Frame.Event.class);
            }
        }
        assertThat(refused).isPositive();
    }

    /// Commits of old do not say what was there before.
    private static boolean cannotBeUndone(JsonNode message) {
        return message.get("frame")
                .get("body")
                .path("ops")
                .valueStream()
                .anyMatch(op -> !op.get("action").asString().equals("create") && !op.has("prev"));
    }

    /// What the verifier says of each commit that can be read.
    private List<CommitVerdict> verdicts(String name) {
        JsonNode scenario = scenario(name);
        Map<Did, RepoHead> heads = new HashMap<>();
        List<CommitVerdict> verdicts = new ArrayList<>();
        for (JsonNode message : scenario.get("messages")) {
            Frame frame;
            try {
                frame = decode(message.get("frame"));
            } catch (MalformedData e) {
                assertThat(message.get("drop").asBoolean()).isTrue();
                continue;
            }
            if (frame instanceof Frame.Event(CommitEvent event)) {
                CommitVerdict verdict =
                        verifier.verify(event, key(scenario), Optional.ofNullable(heads.get(event.did())), NOW);
                verdicts.add(verdict);
                if (verdict instanceof CommitVerdict.Verified verified) {
                    heads.put(event.did(), verified.commit().head());
                }
            }
        }
        return verdicts;
    }

    private static JsonNode scenario(String name) {
        return Vectors.json("indigo-testdata/cmd/relay/testing/testdata/" + name + ".json");
    }

    private static Frame decode(JsonNode frame) {
        return decode(frame.get("header").get("t").asString(), DataJson.map(frame.get("body")));
    }

    private static DidKey key(JsonNode scenario) {
        JsonNode keys =
                scenario.get("accounts").get(0).get("identity").get("keys").get("atproto");
        String multibase = keys.get("publicKeyMultibase").asString();
        return keys.get("type").asString().equals("Multikey")
                ? DidKey.fromMultibase(multibase)
                : DidKey.fromLegacyMultibase(DidKey.Curve.SECP256K1, multibase);
    }

    private static Frame decode(String type, DataMap body) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(
                DagCbor.encode(DataMap.builder().put("op", 1).put("t", type).build()));
        frame.writeBytes(DagCbor.encode(body));
        return FrameCodec.decode(frame.toByteArray());
    }
}
