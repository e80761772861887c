package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.NativeId;
import java.util.Optional;

/// The accounts of our PDS. Unique by DID, by origin and by handle.
public interface Accounts {
    /// Stores an account.
    ///
    /// @return false if its DID, origin or handle is taken
    boolean insert(Account account);

    Optional<Account> byDid(Did did);

    Optional<Account> byOrigin(NativeId origin);

    Optional<Account> byHandle(Handle handle);

    /// Notes that the directory has the DID and the repository is there.
    void live(Did did);
}
