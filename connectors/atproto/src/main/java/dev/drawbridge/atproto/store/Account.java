package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.NativeId;
import java.time.Instant;

/// A ghost as this network knows it.
///
/// @param origin who it stands for
/// @param keyRef the signer's name of the key that signs its repository
/// @param genesis the operation that made the DID, as JSON: submitted again until the directory has it
/// @param live whether the directory has it and the repository is there
public record Account(
        Did did, NativeId origin, Handle handle, String keyRef, String genesis, boolean live, Instant createdAt) {}
