package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.RepoPath;

/// A change somebody wants. Both kinds may be asked for twice: what is already so changes nothing.
public sealed interface RepoWrite {
    RepoPath path();

    /// The record shall be there: created, or replaced if another is there.
    record Put(RepoPath path, DataMap record) implements RepoWrite {}

    /// No record shall be there.
    record Delete(RepoPath path) implements RepoWrite {}
}
