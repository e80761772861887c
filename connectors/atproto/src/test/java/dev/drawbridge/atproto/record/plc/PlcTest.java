package dev.drawbridge.atproto.record.plc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlcTest {
    private static final URI PDS = URI.create("https://bridge.example");
    private static final Handle ALICE = new Handle("alice.bridge.example");

    private final FixedKeys keys = new FixedKeys()
            .with("strong", "11")
            .with("weak", "12")
            .with("signing", "13")
            .with("thief", "14");
    private final PlcLog rules = new PlcLog(FixedKeys.verifier());
    private final PlcOperation.Change genesis = PlcOperation.Change.genesis(
            List.of(keys.didKey("strong"), keys.didKey("weak")), keys.didKey("signing"), ALICE, PDS);
    private final SignedPlcOperation first = genesis.sign(keys, "weak");
    private final Did did = first.did();

    @Test
    void aDidComesFromItsFirstOperation() {
        assertThat(did).hasToString("did:plc:xewopqve6yqype32dusbqpbh");
        assertThat(did.isSupported()).isTrue();
        assertThat(genesis.sign(keys, "strong").did()).isNotEqualTo(did);
        SignedPlcOperation second = genesis.after(first).sign(keys, "weak");
        assertThatThrownBy(second::did).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOperationIsReadBack() {
        for (SignedPlcOperation operation : List.of(
                first,
                genesis.after(first).withHandle(new Handle("bob.example")).sign(keys, "weak"),
                new PlcOperation.Tombstone(first.cid()).sign(keys, "strong"))) {
            SignedPlcOperation again = SignedPlcOperation.parse(DataJson.parse(DataJson.write(operation.toJson())));
            assertThat(again).isEqualTo(operation);
            assertThat(again.cid()).isEqualTo(operation.cid());
        }
    }

    @Test
    void changesKeepWhatTheyDoNotName() {
        PlcOperation.Change other = new PlcOperation.Change(
                genesis.rotationKeys(),
                genesis.verificationMethods(),
                List.of(ALICE.uri(), "https://social.example/@alice"),
                genesis.services(),
                Optional.empty());
        PlcOperation.Change next = other.withHandle(new Handle("new.example"))
                .withSigningKey(keys.didKey("thief"))
                .withPds(URI.create("https://other.example"));
        assertThat(next.alsoKnownAs()).containsExactly("at://new.example", "https://social.example/@alice");
        assertThat(next.verificationMethods())
                .containsEntry("atproto", keys.didKey("thief").toString());
        assertThat(next.services().get("atproto_pds").endpoint()).isEqualTo("https://other.example");
        assertThat(next.rotationKeys()).isEqualTo(genesis.rotationKeys());
        assertThat(next.withRotationKeys(List.of(keys.didKey("strong"))).rotationKeys())
                .hasSize(1);
    }

    @Test
    void theStateIsADocumentUntilTheEnd() {
        DidDocument document = PlcState.document(did, first).orElseThrow();
        assertThat(document.handle()).contains(ALICE);
        assertThat(document.signingKey()).contains(keys.didKey("signing"));
        assertThat(document.pds()).contains(PDS);
        assertThat(PlcState.document(did, new PlcOperation.Tombstone(first.cid()).sign(keys, "strong")))
                .isEmpty();
    }

    @Test
    void aLogOfChangesIsValid() {
        SignedPlcOperation second =
                genesis.after(first).withHandle(new Handle("new.example")).sign(keys, "weak");
        SignedPlcOperation end = new PlcOperation.Tombstone(second.cid()).sign(keys, "strong");
        assertThat(rules.validate(did, log(first, second, end))).containsExactly(first, second, end);
    }

    @Test
    void aStrongerKeyTakesBackWithin72Hours() {
        SignedPlcOperation stolen =
                genesis.after(first).withSigningKey(keys.didKey("thief")).sign(keys, "weak");
        SignedPlcOperation rescue = genesis.after(first).sign(keys, "strong");
        assertThat(rules.validate(
                        did,
                        List.of(entry(first, 0, false), entry(stolen, 1, true), entry(rescue, 1 + 72 * 3600, false))))
                .containsExactly(first, rescue);
        refused(List.of(entry(first, 0, false), entry(stolen, 1, true), entry(rescue, 2 + 72 * 3600, false)));
        refused(List.of(entry(first, 0, false), entry(stolen, 1, false), entry(rescue, 2, false)));
    }

    @Test
    void anEquallyStrongKeyTakesNothingBack() {
        SignedPlcOperation strong =
                genesis.after(first).withHandle(new Handle("a.example")).sign(keys, "strong");
        SignedPlcOperation again =
                genesis.after(first).withHandle(new Handle("b.example")).sign(keys, "strong");
        SignedPlcOperation weak =
                genesis.after(first).withHandle(new Handle("c.example")).sign(keys, "weak");
        refused(List.of(entry(first, 0, false), entry(strong, 1, true), entry(again, 2, false)));
        refused(List.of(entry(first, 0, false), entry(strong, 1, true), entry(weak, 2, false)));
    }

    @Test
    void aForgedLogIsRefused() {
        SignedPlcOperation forged = genesis.after(first).sign(keys, "thief");
        refused(log(first, forged));
        refused(log(genesis.sign(keys, "thief")));
        refused(List.of());
        refused(log(genesis.after(first).sign(keys, "weak")));
        SignedPlcOperation elsewhere = new PlcOperation.Tombstone(Cid.ofRaw(new byte[0])).sign(keys, "weak");
        refused(log(first, elsewhere));
        SignedPlcOperation end = new PlcOperation.Tombstone(first.cid()).sign(keys, "weak");
        SignedPlcOperation afterwards = genesis.after(end).sign(keys, "weak");
        refused(log(first, end, afterwards));
        SignedPlcOperation second = genesis.after(first).sign(keys, "weak");
        refused(List.of(entry(first, 5, false), entry(second, 4, false)));
        refused(List.of(new PlcLogEntry(did, first, second.cid(), false, Instant.EPOCH)));
        refused(List.of(new PlcLogEntry(
                new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"), first, first.cid(), false, Instant.EPOCH)));
    }

    @Test
    void aSignatureHasOneTextOnly() {
        String signature = first.signature();
        refused(log(new SignedPlcOperation(genesis, signature + "==")));
        refused(log(new SignedPlcOperation(genesis, signature + "\n")));
        refused(log(new SignedPlcOperation(genesis, "*")));
    }

    @Test
    void anOperationTooLargeForDirectoriesIsOurBug() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            names.add("https://social.example/@somebody-with-a-long-name-" + i);
        }
        PlcOperation.Change large = new PlcOperation.Change(
                genesis.rotationKeys(), genesis.verificationMethods(), names, genesis.services(), Optional.empty());
        assertThatThrownBy(() -> large.sign(keys, "weak")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void brokenOperationsAreRefused() {
        DataMap json = first.toJson();
        for (DataMap bad : List.of(
                DataMap.empty(),
                json.toBuilder().put("type", "other").build(),
                json.toBuilder().put("sig", 1).build(),
                json.toBuilder().put("extra", 1).build(),
                json.toBuilder().put("prev", "x").build(),
                json.toBuilder().put("prev", 1).build(),
                json.toBuilder().put("rotationKeys", "x").build(),
                json.toBuilder()
                        .put("rotationKeys", List.of(dev.drawbridge.atproto.record.cbor.Data.of("x")))
                        .build(),
                json.toBuilder()
                        .put("alsoKnownAs", List.of(dev.drawbridge.atproto.record.cbor.Data.of(1)))
                        .build(),
                json.toBuilder()
                        .put("services", DataMap.builder().put("x", 1).build())
                        .build(),
                json.toBuilder()
                        .put(
                                "services",
                                DataMap.builder().put("x", DataMap.empty()).build())
                        .build(),
                json.toBuilder().put("verificationMethods", 1).build(),
                DataJson.parse("{\"type\":\"plc_tombstone\",\"prev\":null,\"sig\":\"x\"}"),
                DataJson.parse("{\"type\":\"plc_operation\",\"sig\":\"x\"}"))) {
            assertThatThrownBy(() -> SignedPlcOperation.parse(bad))
                    .as(DataJson.write(bad))
                    .isInstanceOf(MalformedData.class);
        }
        assertThatThrownBy(() -> PlcLogEntry.parse(DataJson.parse("{\"createdAt\":\"now\"}")))
                .isInstanceOf(MalformedData.class);
        DataMap entry = DataMap.builder()
                .put("did", did.value())
                .put("operation", json)
                .put("cid", first.cid().toString())
                .put("nullified", false)
                .put("createdAt", "now")
                .build();
        assertThatThrownBy(() -> PlcLogEntry.parse(entry)).isInstanceOf(MalformedData.class);
        assertThat(PlcLogEntry.parse(entry.toBuilder()
                                .put("createdAt", "2026-01-01T00:00:00.000Z")
                                .build())
                        .operation())
                .isEqualTo(first);
    }

    private void refused(List<PlcLogEntry> log) {
        assertThatThrownBy(() -> rules.validate(did, log)).isInstanceOf(MalformedData.class);
    }

    private List<PlcLogEntry> log(SignedPlcOperation... operations) {
        List<PlcLogEntry> log = new ArrayList<>();
        for (SignedPlcOperation operation : operations) {
            log.add(entry(operation, log.size(), false));
        }
        return log;
    }

    private PlcLogEntry entry(SignedPlcOperation operation, long second, boolean nullified) {
        return new PlcLogEntry(did, operation, operation.cid(), nullified, Instant.ofEpochSecond(second));
    }
}
