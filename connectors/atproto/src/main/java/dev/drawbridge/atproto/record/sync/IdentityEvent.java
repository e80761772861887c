package dev.drawbridge.atproto.record.sync;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import java.time.Instant;
import java.util.Optional;

/// `#identity`: the DID document or the handle may have changed; look again.
///
/// @param handle what the sender believes, never proof
public record IdentityEvent(long seq, Did did, Instant time, Optional<Handle> handle) implements SyncEvent {}
