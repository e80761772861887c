package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.plc.PlcOperation.Change;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What owners of accounts can have done to them beside reading: the rest of the connector does it.
public interface Ownership {
    /// What the DID of an account says while it is here.
    Change recommended(Account account);

    /// The next operation of a DID, signed by this instance and handed in by nobody.
    ///
    /// @throws IllegalArgumentException if this instance cannot sign it, with a sentence for the owner
    /// @throws dev.drawbridge.atproto.wire.Unavailable if the directory does not answer
    SignedPlcOperation sign(Account account, UnaryOperator<Change> change);

    /// Gives an account another handle: one of a domain that names its DID, or the one it had first.
    ///
    /// @return why not; empty if it is so now
    /// @throws dev.drawbridge.atproto.wire.Unavailable if the directory does not answer
    Optional<String> rename(Account account, Handle handle);

    /// Stops serving an account here, because its owner has it elsewhere now. May be said twice.
    ///
    /// @throws IllegalArgumentException if the DID still names this host, with a sentence for the owner
    /// @throws dev.drawbridge.atproto.wire.Unavailable if the directory does not answer
    void leave(Account account);
}
