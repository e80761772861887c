package dev.drawbridge.atproto.record.sync;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.repo.NewCommit;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// `#commit`: a repository moved one step.
///
/// @param did `repo` on the wire
/// @param since the revision before; empty for the first commit
/// @param prevData the tree's root before; empty for the first commit
/// @param blocks a CAR file; the array must not be changed
public record CommitEvent(
        long seq,
        Did did,
        Instant time,
        Tid rev,
        Optional<Tid> since,
        Cid commit,
        Optional<Cid> prevData,
        List<RepoOp> ops,
        byte[] blocks)
        implements SyncEvent {
    public CommitEvent {
        ops = List.copyOf(ops);
    }

    /// The announcement of a commit of ours.
    public static CommitEvent of(NewCommit step, long seq, Instant time) {
        return new CommitEvent(
                seq,
                step.head().did(),
                time,
                step.head().rev(),
                step.since(),
                step.head().commit(),
                step.prevData(),
                step.ops(),
                step.car());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommitEvent event
                && seq == event.seq
                && did.equals(event.did)
                && time.equals(event.time)
                && rev.equals(event.rev)
                && since.equals(event.since)
                && commit.equals(event.commit)
                && prevData.equals(event.prevData)
                && ops.equals(event.ops)
                && Arrays.equals(blocks, event.blocks);
    }

    @Override
    public int hashCode() {
        return Objects.hash(seq, did, rev, commit);
    }

    @Override
    public String toString() {
        return "CommitEvent[" + seq + ' ' + did + ' ' + rev + ' ' + ops.size() + " ops]";
    }
}
