package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Commits, tree nodes and records by content id, kept apart for each repository.
interface Blocks {
    /// A block and the revision that last brought it in.
    record Dated(byte[] bytes, Tid rev) {}

    Optional<byte[]> get(Did repo, Cid cid);

    /// Those of `cids` that are there.
    Map<Cid, Dated> getAll(Did repo, Collection<Cid> cids);

    /// Stores blocks; storing them again renews their revision.
    ///
    /// @param ops which of them are records, and where: one record may live at several paths
    void put(Did repo, Tid rev, BlockMap blocks, List<RepoOp> ops);

    /// Removes nodes and commits, and the records that `ops` replaced or deleted unless another path has them too.
    ///
    /// @param rev the revision that no longer needs them; what came in again since then stays
    void drop(Did repo, Tid rev, Collection<Cid> nodes, List<RepoOp> ops);

    /// Removes what nobody needs any more: left behind by a crash, or by removals that never came.
    ///
    /// @param before only what came in before this revision
    /// @return how many blocks were removed
    int sweep(Did repo, Tid before, Set<Cid> needed);

    /// How many blocks a repository has.
    long count(Did repo);

    /// Removes every block of a repository.
    void clear(Did repo);
}
