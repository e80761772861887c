package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A step of a repository, ready to be stored and announced.
///
/// @param since the revision before; empty for the first commit
/// @param prevData the tree's root before; empty for the first commit
/// @param ops what changed, in the order of the writes
/// @param newBlocks what to store: the commit, new tree nodes, new records
/// @param dropped commit and tree nodes of the step before that nothing refers to any more. Records are not among them,
///     as two paths may share one
/// @param carBlocks what to announce: new blocks, and the nodes that prove each change
public record NewCommit(
        SignedCommit commit,
        Optional<Tid> since,
        Optional<Cid> prevData,
        List<RepoOp> ops,
        BlockMap newBlocks,
        Set<Cid> dropped,
        BlockMap carBlocks) {
    public NewCommit {
        ops = List.copyOf(ops);
        dropped = Set.copyOf(dropped);
    }

    /// Where the repository stands after this step.
    public RepoHead head() {
        return commit.head();
    }

    /// The CAR file for the event stream: the commit first, then nodes, then records.
    public byte[] car() {
        return CarWriter.toBytes(commit.cid(), carBlocks);
    }
}
