package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The accounts of our PDS. Unique by DID, by origin and by handle.
public interface Accounts {
    /// Stores an account.
    ///
    /// @return false if its DID, origin or handle is taken
    boolean insert(Account account);

    /// Takes an account back that nobody was told of.
    ///
    /// @return false if it is not there, or live
    boolean release(Did did);

    Optional<Account> byDid(Did did);

    Optional<Account> byOrigin(NativeId origin);

    Optional<Account> byHandle(Handle handle);

    /// Notes that the directory has the DID and the repository is there.
    void live(Did did);

    /// How many there are, those that left included: relays do not forget them.
    long count();

    /// Accounts in order of their DIDs.
    List<Account> page(Optional<Did> after, int limit);

    /// Notes what the directory is to be told, before it is told.
    void pending(Did did, Account.Pending change);

    /// The directory has what was pending: the account is so from now on. What is pending stays noted.
    ///
    /// @throws IllegalStateException if somebody else has the handle
    void changed(Did did, Account.Pending change);

    /// Everybody was told of what was pending, or it is not to be.
    void settled(Did did);

    /// Notes which rotation keys this host gives a DID, before it does; those it gave before stay noted.
    void hostKeys(Did did, List<DidKey> keys);

    /// Notes the last operation of a DID, made by others.
    void operation(Did did, String operation);

    /// Notes since when an account is closed; the first time counts.
    void closed(Did did, Instant since);

    /// The owner took an account to another host; it does not come back.
    void elsewhere(Did did);

    /// An account is served again, or gone for good.
    void notClosed(Did did);

    /// Accounts that were closed before a moment.
    List<Account> closedBefore(Instant moment, int limit);
}
