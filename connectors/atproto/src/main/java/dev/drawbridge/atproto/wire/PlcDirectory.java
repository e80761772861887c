package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import java.net.URI;
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
        if (answer.status() / 100 == 2 || has(genesis)) {
            return Optional.empty();
        }
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
