package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.syntax.Did;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who may take an account elsewhere, one for each account, and the sessions of those who do.
public interface Departures {
    /// What a refresh token stands for.
    ///
    /// @param id the token's
    /// @param departure the id of the one it was opened with
    /// @param family what it was called first: those that take each other's place are one
    /// @param until when it ends
    /// @param next the one that takes its place, once it was used
    record Session(String id, Did did, String departure, String family, Instant until, Optional<String> next) {}

    /// Lets somebody leave, and ends every session there was. That a change of the DID was signed before stays noted.
    void put(Departure departure);

    Optional<Departure> of(Did did);

    /// Notes that a change of the DID was signed, and that the code is used.
    void signed(Did did, Instant at);

    /// Notes which version of the repository its owner copied. Does nothing if they may not leave.
    void copied(Did did, String rev);

    /// Those for whom a change of the DID was signed, that are not elsewhere yet for all we know, and whose turn it is:
    /// whose turn came first comes first.
    List<Departure> watched(Instant now, int limit);

    /// Notes that the directory was asked.
    ///
    /// @param next when it is to be asked again
    void looked(Did did, Instant next);

    /// The account is elsewhere, and the bridge knows. Who may sign in may go on until the end.
    void told(Did did);

    /// Nobody may leave with this account any more; every session is over.
    void remove(Did did);

    void begin(Session session);

    Optional<Session> session(String id);

    /// A session goes on under another name; the first time counts.
    ///
    /// @param until how long the old name is good, for those who did not get the answer
    /// @return under which; empty if there is no such session
    Optional<String> renew(String id, String next, Instant until);

    /// Ends a session, under every name it ever had.
    void end(String id);

    /// Removes what ended.
    void prune(Instant now);
}
