package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.util.List;
import java.util.Optional;

/// Which record lives where, in order of paths. Follows the trees of the repositories.
interface RecordIndex {
    /// One record.
    record Entry(RecordKey rkey, Cid cid) {}

    /// Follows changes; doing it twice changes nothing.
    void apply(Did repo, List<RepoOp> ops);

    Optional<Cid> get(Did repo, RepoPath path);

    /// Records of a collection in order of their keys.
    ///
    /// @param after only keys behind this one, in the direction asked for
    /// @param newestFirst the order: falling or rising keys
    List<Entry> list(Did repo, Nsid collection, Optional<RecordKey> after, int limit, boolean newestFirst);

    /// Every collection with at least one record, in order.
    List<Nsid> collections(Did repo);

    /// How many records a repository has.
    long count(Did repo);

    /// Removes everything of a repository.
    void clear(Did repo);
}
