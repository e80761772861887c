package dev.drawbridge.atproto.record.sync;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.syntax.Tid;

/// What the check of a `#commit` found.
public sealed interface CommitVerdict {
    /// Sound; the new records are in `blocks`.
    record Verified(SignedCommit commit, BlockMap blocks) implements CommitVerdict {}

    /// Known already, or older than what is known: to be ignored.
    record Stale(Tid known) implements CommitVerdict {}

    /// Sound by itself, and not the step after the known state: the repository has to be fetched anew.
    record Desynchronized(RepoHead known) implements CommitVerdict {}

    /// Not signed by this key. The account may have a new one.
    record BadSignature(DidKey key) implements CommitVerdict {}

    /// Broken, with the reason for the log.
    record Invalid(String reason) implements CommitVerdict {}
}
