package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.did.DidKey;
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
/// @param genesis the operation that made the DID, as JSON: submitted again until the directory has it
/// @param live whether the directory has it and the repository is there
/// @param operation the last operation of the DID that is known to be in force, as JSON
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
    /// @param operation as JSON
    /// @param handle the account's once the directory has it
    /// @param keyRef the key that signs the repository once the directory has it
    public record Pending(String operation, Handle handle, String keyRef) {}

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
