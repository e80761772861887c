package dev.drawbridge.atproto.record.plc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PlcVectorsTest {
    private final PlcLog rules = new PlcLog(FixedKeys.verifier());

    @Test
    void validLogsAreAccepted() {
        for (Path file : Vectors.folder("did-plc/interop_tests/audit_log/valid")) {
            List<PlcLogEntry> log = read("valid", file);
            List<SignedPlcOperation> inForce = rules.validate(log.getFirst().did(), log);
            assertThat(inForce).as(file.toString()).hasSize((int)
                    log.stream().filter(entry -> !entry.nullified()).count());
        }
    }

    @Test
    void invalidLogsAreRefused() {
        for (Path file : Vectors.folder("did-plc/interop_tests/audit_log/invalid")) {
            assertThatThrownBy(() -> {
                        List<PlcLogEntry> log = read("invalid", file);
                        rules.validate(log.getFirst().did(), log);
                    })
                    .as(file.toString())
                    .isInstanceOf(MalformedData.class)
                    .hasMessageStartingWith("did:plc log");
        }
    }

    @Test
    void logsOfOurOwnSetAreAcceptedAndRefusedAsTheyShould() {
        JsonNode own = Vectors.own("plc.json");
        assertThat(own.get("valid")).hasSize(4);
        own.get("valid").properties().forEach(named -> {
            List<PlcLogEntry> log = log(named.getValue());
            assertThat(rules.validate(log.getFirst().did(), log))
                    .as(named.getKey())
                    .hasSize((int)
                            log.stream().filter(entry -> !entry.nullified()).count());
        });
        assertThat(own.get("invalid")).hasSize(7);
        own.get("invalid")
                .properties()
                .forEach(named -> assertThatThrownBy(() -> {
                            List<PlcLogEntry> log = log(named.getValue());
                            rules.validate(log.getFirst().did(), log);
                        })
                        .as(named.getKey())
                        .isInstanceOf(MalformedData.class)
                        .hasMessageStartingWith("did:plc log"));
    }

    @Test
    void operationsOfOurOwnSetAreTheReferencesByteForByte() {
        JsonNode own = Vectors.own("plc.json");
        FixedKeys keys = new FixedKeys()
                .with("signing", own.get("signingKeyHex").asString())
                .with("instance", own.get("instanceKeyHex").asString());
        PlcOperation.Change genesis = PlcOperation.Change.genesis(
                List.of(DidKey.parse(own.get("operatorDidKey").asString()), keys.didKey("instance")),
                keys.didKey("signing"),
                new Handle("carol.bridge.test"),
                URI.create("https://pds.bridge.test"));
        SignedPlcOperation first = genesis.sign(keys, "instance");
        assertThat(HexFormat.of().formatHex(DagCbor.encode(genesis.toData())))
                .isEqualTo(own.get("genesisUnsignedCborHex").asString());
        assertThat(first.toJson()).isEqualTo(DataJson.map(own.get("genesis")));
        assertThat(first.cid()).hasToString(own.get("genesisCid").asString());
        assertThat(first.did()).isEqualTo(new Did(own.get("did").asString()));
        SignedPlcOperation second = genesis.after(first)
                .withHandle(new Handle("caroline.bridge.test"))
                .sign(keys, "instance");
        assertThat(second.toJson()).isEqualTo(DataJson.map(own.get("renamed")));
        assertThat(second.cid()).hasToString(own.get("renamedCid").asString());
    }

    @Test
    void ourOperationsAreTheReferencesByteForByte() {
        JsonNode golden = Vectors.json("golden/plc.json");
        FixedKeys keys = new FixedKeys()
                .with("signing", golden.get("signingKeyHex").asString())
                .with("rotation", golden.get("rotationKeyHex").asString());
        assertThat(keys.didKey("signing"))
                .hasToString(golden.get("signingDidKey").asString());
        PlcOperation.Change genesis = PlcOperation.Change.genesis(
                List.of(DidKey.parse(golden.get("rotationDidKey").asString())),
                keys.didKey("signing"),
                new Handle("alice.bridge.test"),
                URI.create("https://bridge.test"));
        SignedPlcOperation first = genesis.sign(keys, "rotation");
        assertThat(HexFormat.of().formatHex(DagCbor.encode(genesis.toData())))
                .isEqualTo(golden.get("genesisUnsignedCborHex").asString());
        assertThat(HexFormat.of().formatHex(first.bytes()))
                .isEqualTo(golden.get("genesisSignedCborHex").asString());
        assertThat(first.toJson()).isEqualTo(DataJson.map(golden.get("genesis")));
        assertThat(first.cid()).hasToString(golden.get("genesisCid").asString());
        assertThat(first.did()).isEqualTo(new Did(golden.get("did").asString()));
        SignedPlcOperation second = genesis.after(first)
                .withHandle(new Handle("alice2.bridge.test"))
                .sign(keys, "rotation");
        assertThat(second.toJson()).isEqualTo(DataJson.map(golden.get("update")));
        assertThat(second.cid()).hasToString(golden.get("updateCid").asString());
        SignedPlcOperation end = new PlcOperation.Tombstone(second.cid()).sign(keys, "rotation");
        assertThat(end.toJson()).isEqualTo(DataJson.map(golden.get("tombstone")));
        assertThat(end.cid()).hasToString(golden.get("tombstoneCid").asString());
    }

    @Test
    void anAccountOf2022HasAState() {
        List<PlcLogEntry> log = read("valid", Path.of("log_legacy_dholms.json"));
        Did did = log.getFirst().did();
        assertThat(PlcState.document(did, log.getFirst().operation())).hasValueSatisfying(document -> {
            assertThat(document.handle()).contains(new Handle("dan.bsky.social"));
            assertThat(document.pds()).contains(URI.create("https://bsky.social"));
            assertThat(document.signingKey()).isPresent();
        });
    }

    private static List<PlcLogEntry> read(String folder, Path file) {
        return log(Vectors.json("did-plc/interop_tests/audit_log/" + folder + "/" + file.getFileName()));
    }

    private static List<PlcLogEntry> log(JsonNode entries) {
        List<PlcLogEntry> log = new ArrayList<>();
        for (JsonNode entry : entries) {
            log.add(PlcLogEntry.parse(DataJson.map(entry)));
        }
        return log;
    }
}
