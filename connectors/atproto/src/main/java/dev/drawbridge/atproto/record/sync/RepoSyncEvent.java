package dev.drawbridge.atproto.record.sync;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarWriter;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/// `#sync`: where a repository stands, said without the steps to there. After creation, import, repair.
///
/// @param blocks a CAR file with the commit alone; the array must not be changed
public record RepoSyncEvent(long seq, Did did, Instant time, Tid rev, byte[] blocks) implements SyncEvent {
    public static RepoSyncEvent of(SignedCommit commit, long seq, Instant time) {
        byte[] car = CarWriter.toBytes(commit.cid(), new BlockMap().put(commit.cid(), commit.bytes()));
        return new RepoSyncEvent(
                seq, commit.commit().did(), time, commit.commit().rev(), car);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepoSyncEvent event
                && seq == event.seq
                && did.equals(event.did)
                && time.equals(event.time)
                && rev.equals(event.rev)
                && Arrays.equals(blocks, event.blocks);
    }

    @Override
    public int hashCode() {
        return Objects.hash(seq, did, rev);
    }

    @Override
    public String toString() {
        return "RepoSyncEvent[" + seq + ' ' + did + ' ' + rev + ']';
    }
}
