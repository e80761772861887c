package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.BlockSource;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataRules;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.model.port.Signer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Works out the next commit of a repository from its head and the writes. Stores and sends nothing; a function but for
/// the signer it asks.
///
/// Spec: [Repository](https://atproto.com/specs/repository), [Sync](https://atproto.com/specs/sync)
public final class RepoCommitter {
    /// Changes that one commit may carry on the event stream.
    public static final int MAX_OPS = 200;

    /// Bytes of one record.
    public static final int MAX_RECORD = 1_000_000;

    /// Bytes of the blocks that one commit may announce.
    public static final int MAX_BLOCKS = 2_000_000;

    private final Signer signer;

    public RepoCommitter(Signer signer) {
        this.signer = signer;
    }

    /// The first commit of a repository, with an empty tree.
    ///
    /// @throws IllegalArgumentException if the signer has no key `keyRef`
    public NewCommit create(Did did, Tid rev, String keyRef) {
        Step step = new Step(Mst.empty());
        SignedCommit commit = Commit.of(did, rev, step.tree.root()).sign(signer, keyRef);
        return step.finish(commit, Optional.empty());
    }

    /// The next commit, or none if every write asks for what is already so.
    ///
    /// @param blocks where the tree's nodes are read from
    /// @param rev later than the head's
    /// @throws UnstorableRecord if a record breaks the data model or is larger than 1,000,000 bytes, or all blocks
    ///     are larger than 2,000,000 bytes together
    /// @throws IllegalArgumentException if `rev` is not later, two writes share a path, there are more than 200, or
    ///     the signer has no key `keyRef`
    /// @throws dev.drawbridge.atproto.record.mst.MissingBlock if the store has lost a node
    public Optional<NewCommit> commit(
            RepoHead head, BlockSource blocks, List<RepoWrite> writes, Tid rev, String keyRef) {
        Step step = new Step(Mst.load(blocks, head.data()));
        checkPaths(writes);
        writes.forEach(step::apply);
        return step.ops.isEmpty() ? Optional.empty() : Optional.of(next(head, step, rev, keyRef));
    }

    /// A commit that changes no record: after a key rotation, or to bring back an account.
    ///
    /// @throws IllegalArgumentException if `rev` is not later than the head's, or the signer has no key `keyRef`
    public NewCommit commitNothing(RepoHead head, BlockSource blocks, Tid rev, String keyRef) {
        return next(head, new Step(Mst.load(blocks, head.data())), rev, keyRef);
    }

    private NewCommit next(RepoHead head, Step step, Tid rev, String keyRef) {
        if (rev.compareTo(head.rev()) <= 0) {
            throw new IllegalArgumentException("rev " + rev + " is not later than " + head.rev());
        }
        SignedCommit commit = Commit.of(head.did(), rev, step.tree.root()).sign(signer, keyRef);
        return step.finish(commit, Optional.of(head));
    }

    /// Whether writes could be committed, whatever the repository is like.
    ///
    /// @throws IllegalArgumentException where [#commit] would, but for the size of all blocks and the key
    public static void check(List<RepoWrite> writes) {
        checkPaths(writes);
        for (RepoWrite write : writes) {
            if (write instanceof RepoWrite.Put put) {
                Step.encode(put);
            }
        }
    }

    private static void checkPaths(List<RepoWrite> writes) {
        if (writes.size() > MAX_OPS) {
            throw new IllegalArgumentException(writes.size() + " writes in one commit, limit " + MAX_OPS);
        }
        Set<RepoPath> paths = new HashSet<>();
        for (RepoWrite write : writes) {
            if (!paths.add(write.path())) {
                throw new IllegalArgumentException("two writes to " + write.path());
            }
        }
    }

    /// What one call gathers.
    private static final class Step {
        private final Mst before;
        private final List<RepoOp> ops = new ArrayList<>();
        private final BlockMap records = new BlockMap();
        private Mst tree;

        Step(Mst before) {
            this.before = before;
            tree = before;
        }

        void apply(RepoWrite write) {
            RepoPath path = write.path();
            Optional<Cid> old = before.get(path.key());
            switch (write) {
                case RepoWrite.Put put -> {
                    byte[] bytes = encode(put);
                    Cid value = Cid.ofCbor(bytes);
                    if (old.equals(Optional.of(value))) {
                        return;
                    }
                    tree = tree.put(path.key(), value);
                    records.put(value, bytes);
                    ops.add(old.<RepoOp>map(cid -> new RepoOp.Update(path, value, cid))
                            .orElseGet(() -> new RepoOp.Create(path, value)));
                }
                case RepoWrite.Delete _ ->
                    old.ifPresent(cid -> {
                        tree = tree.remove(path.key());
                        ops.add(new RepoOp.Delete(path, cid));
                    });
            }
        }

        NewCommit finish(SignedCommit commit, Optional<RepoHead> head) {
            BlockMap added = new BlockMap()
                    .put(commit.cid(), commit.bytes())
                    .putAll(tree.newNodes())
                    .putAll(records);
            List<String> keys = ops.stream().map(op -> op.path().key()).toList();
            BlockMap announced = new BlockMap()
                    .put(commit.cid(), commit.bytes())
                    .putAll(tree.newNodes())
                    .putAll(tree.coveringProof(keys))
                    .putAll(records);
            if (announced.bytes() > MAX_BLOCKS) {
                throw new UnstorableRecord("commit of " + announced.bytes() + " bytes, limit " + MAX_BLOCKS);
            }
            Set<Cid> dropped = new HashSet<>();
            head.ifPresent(previous -> {
                dropped.addAll(before.droppedBy(tree));
                dropped.add(previous.commit());
            });
            return new NewCommit(
                    commit, head.map(RepoHead::rev), head.map(RepoHead::data), ops, added, dropped, announced);
        }

        private static byte[] encode(RepoWrite.Put put) {
            if (!put.record().type().equals(Optional.of(put.path().collection().value()))) {
                throw new UnstorableRecord("$type of the record is not the collection of " + put.path());
            }
            try {
                DataRules.checkRecord(put.record());
            } catch (MalformedData e) {
                throw new UnstorableRecord("record for " + put.path(), e);
            }
            byte[] bytes = DagCbor.encode(put.record());
            if (bytes.length > MAX_RECORD) {
                throw new UnstorableRecord("record of " + bytes.length + " bytes, limit " + MAX_RECORD);
            }
            return bytes;
        }
    }
}
