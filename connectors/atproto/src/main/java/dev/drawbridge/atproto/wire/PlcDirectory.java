package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.plc.PlcLog;
import dev.drawbridge.atproto.record.plc.PlcLogEntry;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.SignatureVerifier;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A did:plc directory.
///
/// Spec: [did:plc](https://web.plc.directory/spec/v0.1/did-plc), [API](https://web.plc.directory/api/redoc)
public final class PlcDirectory {
    private static final int SHOWN = 200;
    private final URI directory;
    private final Json json;

    public PlcDirectory(URI directory, OutboundHttp http) {
        this.directory = directory;
        this.json = new Json(http);
    }

    /// Where it is, as the operator knows it.
    String host() {
        return directory.getRawAuthority();
    }

    /// The document of a DID; empty if the directory has none, or no longer.
    ///
    /// @throws Unavailable if the directory does not answer
    public Optional<DidDocument> document(Did did) {
        return json.get(at(did.value())).flatMap(found -> read(found, did));
    }

    /// Hands in the first operation of a DID. Handing it in again changes nothing.
    ///
    /// @return why the directory will not have it; empty if it has it
    /// @throws Unavailable if the directory does not answer
    public Optional<String> create(SignedPlcOperation genesis) {
        Did did = genesis.did();
        Answer answer = json.post(at(did.value()), genesis.toJson());
        return answer.status() / 100 == 2 || has(genesis) ? Optional.empty() : refusal(answer);
    }

    /// Hands in a later operation of a DID. Handing it in again changes nothing.
    ///
    /// @return why the directory will not have it; empty if it has it
    /// @throws Unavailable if the directory does not answer
    public Optional<String> update(Did did, SignedPlcOperation operation) {
        Answer answer = json.post(at(did.value()), operation.toJson());
        return answer.status() / 100 == 2 || inForce(did, operation) ? Optional.empty() : refusal(answer);
    }

    private boolean inForce(Did did, SignedPlcOperation operation) {
        return entries(did).stream()
                .anyMatch(entry -> !entry.nullified() && entry.cid().equals(operation.cid()));
    }

    /// The operations of a DID that are in force, oldest first, each signed by who was allowed to.
    ///
    /// @throws MalformedData if the directory's log does not hold together
    /// @throws Unavailable if the directory does not answer
    public List<SignedPlcOperation> log(Did did, SignatureVerifier signatures) {
        return new PlcLog(signatures).validate(did, entries(did));
    }

    private List<PlcLogEntry> entries(Did did) {
        return json.list(at(did.value() + "/log/audit")).orElseGet(List::of).stream()
                .map(PlcLogEntry::parse)
                .toList();
    }

    private static Optional<String> refusal(Answer answer) {
        String why = Json.text(answer);
        return Optional.of("the directory answers " + answer.status() + ": "
                + why.substring(0, Math.min(SHOWN, why.length())).strip());
    }

    /// A DID is the hash of its first operation, so whatever the directory has under it began with this one.
    private boolean has(SignedPlcOperation genesis) {
        return json.get(at(genesis.did().value() + "/data"))
                .flatMap(data -> data.text("did"))
                .equals(Optional.of(genesis.did().value()));
    }

    private static Optional<DidDocument> read(DataMap found, Did did) {
        try {
            return Optional.of(DidDocument.parse(found, did));
        } catch (MalformedData e) {
            return Optional.empty();
        }
    }

    private URI at(String path) {
        return URI.create(directory + "/" + path);
    }
}
