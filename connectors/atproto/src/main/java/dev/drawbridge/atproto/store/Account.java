package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A ghost as this network knows it.
///
/// @param origin who it stands for
/// @param keyRef the signer's name of the key that signs its repository
/// @param genesis the operation that made the DID, as JSON: submitted again until the directory has it; of a did:web
///     its first document
/// @param live whether the directory has it and the repository is there
/// @param operation the last operation of the DID that is known to be in force, as JSON; of a did:web its document
/// @param pending what the directory is to be told next, and may know already
/// @param closedAt since when the account is not served because its owner left
/// @param elsewhere whether its owner took it to another host: nothing is said in its name here any more
/// @param hostKeys rotation keys that this host gave the DID later; others that it has are its owner's
public record Account(
        Did did,
        NativeId origin,
        Handle handle,
        String keyRef,
        String genesis,
        boolean live,
        Instant createdAt,
        String operation,
        Optional<Pending> pending,
        Optional<Instant> closedAt,
        boolean elsewhere,
        Set<DidKey> hostKeys) {
    public Account {
        hostKeys = Set.copyOf(hostKeys);
    }

    /// A change of a DID on its way.
    ///
    /// @param operation as JSON; of a did:web its next document
    /// @param handle the account's once the directory has it
    /// @param keyRef the key that signs the repository once the directory has it
    public record Pending(String operation, Handle handle, String keyRef) {}

    /// What the DID says; empty if it was ended.
    public Optional<DidDocument> document() {
        return says(operation);
    }

    /// What it said first.
    public Optional<DidDocument> firstDocument() {
        return says(genesis);
    }

    private Optional<DidDocument> says(String json) {
        DataMap said = DataJson.parse(json);
        return did.isWeb()
                ? Optional.of(DidDocument.parse(said, did))
                : PlcState.document(did, SignedPlcOperation.parse(said));
    }

    /// One that was never changed.
    public Account(
            Did did, NativeId origin, Handle handle, String keyRef, String genesis, boolean live, Instant createdAt) {
        this(
                did,
                origin,
                handle,
                keyRef,
                genesis,
                live,
                createdAt,
                genesis,
                Optional.empty(),
                Optional.empty(),
                false,
                Set.of());
    }
}
