package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.Signer;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// DIDs that are names of hosts of ours, for bots. What one says is served under its name, and no directory knows of
/// it.
///
/// Spec: [DID methods](https://atproto.com/specs/did#blessed-did-methods),
/// [did:web](https://w3c-ccg.github.io/did-method-web/)
///
/// @param pds where repositories are served: scheme, host and perhaps port
record WebDids(Signer signer, URI pds) {
    static Did of(Handle handle) {
        return new Did(Did.WEB + handle);
    }

    /// What a DID is to say.
    ///
    /// @param keyRef the signer's name of the key that signs the repository
    DidDocument document(Did did, Handle handle, String keyRef) {
        DidKey key = DidKey.of(DidKey.Curve.SECP256K1, signer.ensure(keyRef, KeyAlgorithm.SECP256K1));
        return new DidDocument(
                did,
                List.of(handle.uri()),
                Map.of(DidDocument.SIGNING_KEY, key),
                Map.of(DidDocument.PDS, new DidDocument.Service(DidDocument.PDS_TYPE, pds)));
    }

    /// As accounts keep it.
    static String text(DidDocument document) {
        return DataJson.write(document.toJson());
    }
}
