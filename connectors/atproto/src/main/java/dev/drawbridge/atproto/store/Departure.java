package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.syntax.Did;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// That the owner of an account may sign in to take it elsewhere.
///
/// @param id tells it from an earlier or later one of the same account: whatever was opened with another is over
/// @param password what is kept of their password
/// @param code what is kept of the code that confirms a change of the DID; empty once it was used
/// @param since when both were handed out
/// @param until neither is good from then on
/// @param signedAt when a change of the DID was signed for them last, with this code or an earlier one; from then on it
///     may be elsewhere
/// @param looks how often the directory was asked since then
/// @param copied the version of the repository that its owner copied last; empty if they have not
/// @param told whether it is elsewhere and the bridge knows: nothing is left to be done
public record Departure(
        Did did,
        String id,
        String password,
        String code,
        Instant since,
        Instant until,
        Optional<Instant> signedAt,
        int looks,
        Optional<String> copied,
        boolean told) {
    /// How long somebody may sign in, and how long it is looked where the DID is after a change was signed: long enough
    /// for a large repository and for somebody who looks for a host first.
    public static final Duration GOOD = Duration.ofDays(7);

    /// One that was just handed out.
    public Departure(Did did, String id, String password, String code, Instant since) {
        this(did, id, password, code, since, since.plus(GOOD), Optional.empty(), 0, Optional.empty(), false);
    }

    /// From when on it is not looked any more where the DID is.
    public Instant watchedUntil() {
        return signedAt.map(at -> at.plus(GOOD)).filter(until::isBefore).orElse(until);
    }
}
