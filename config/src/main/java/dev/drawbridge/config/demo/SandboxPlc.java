package dev.drawbridge.config.demo;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.plc.PlcLog;
import dev.drawbridge.atproto.record.plc.PlcLogEntry;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A directory of DIDs in memory that takes only operations the method allows.
///
/// Spec: [did:plc](https://web.plc.directory/spec/v0.1/did-plc)
final class SandboxPlc {
    private static final long MAX_OPERATION = 8_000;
    private final String path;
    private final PlcLog rules;
    private final InstantSource clock;
    private final Map<Did, List<PlcLogEntry>> logs = new HashMap<>();

    SandboxPlc(String path, SignatureVerifier verifier, InstantSource clock) {
        this.path = path;
        this.rules = new PlcLog(verifier);
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get(path + "/{did}", this::show),
                Endpoint.Http.get(path + "/{did}/data", this::data),
                Endpoint.Http.post(path + "/{did}", MAX_OPERATION, this::take));
    }

    /// @throws MalformedData if the method does not allow the operation
    synchronized void add(Did did, SignedPlcOperation operation) {
        List<PlcLogEntry> log = new ArrayList<>(logs.getOrDefault(did, List.of()));
        log.add(new PlcLogEntry(did, operation, operation.cid(), false, clock.instant()));
        rules.validate(did, log);
        logs.put(did, log);
    }

    synchronized Optional<DidDocument> document(Did did) {
        return Optional.ofNullable(logs.get(did))
                .flatMap(log -> PlcState.document(did, log.getLast().operation()));
    }

    private HttpReply take(HttpCall call) {
        Optional<Did> did = did(call);
        if (did.isEmpty()) {
            return error(400, "not a DID");
        }
        try {
            add(did.get(), SignedPlcOperation.parse(DataJson.parse(call.body())));
            return HttpReply.json(200, "{}");
        } catch (MalformedData e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private HttpReply show(HttpCall call) {
        return did(call)
                .flatMap(this::document)
                .map(document -> HttpReply.of(200, "application/did+ld+json", DataJson.write(document.toJson())))
                .orElseGet(() -> error(404, "DID not registered"));
    }

    private HttpReply data(HttpCall call) {
        return did(call)
                .flatMap(this::document)
                .map(document -> HttpReply.json(
                        200,
                        DataJson.write(DataMap.builder()
                                .put("did", document.did().value())
                                .build())))
                .orElseGet(() -> error(404, "DID not registered"));
    }

    private static Optional<Did> did(HttpCall call) {
        return Optional.ofNullable(call.path().get("did")).flatMap(Did::tryParse);
    }

    private static HttpReply error(int status, String message) {
        return HttpReply.json(
                status, DataJson.write(DataMap.builder().put("message", message).build()));
    }
}
