package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.syntax.Did;
import java.time.Instant;
import java.util.Optional;

/// That the owner of an account may sign in to take it elsewhere.
///
/// @param password what is kept of their password
/// @param code what is kept of the code that confirms a change of the DID
/// @param since when both were handed out: sessions that began before are over
/// @param until neither is good from then on
/// @param signedAt when a change of the DID was signed for them last; from then on it may be elsewhere
public record Departure(
        Did did, String password, String code, Instant since, Instant until, Optional<Instant> signedAt) {}
