package dev.drawbridge.benchmarks;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.repo.NewCommit;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.repo.RepoExport;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerdict;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.record.syntax.TidClock;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one thread does with repositories in memory, with no store and no network.
///
/// @param time how long each thing is measured, after half as long to warm up
record AtprotoWork(Duration time) {
    private static final double MB = 1e6;
    private static final Did DID = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final int HISTORY = 2_000;
    private static final int LARGE = 10_000;
    private static final int AT_ONCE = 200;

    /// A record as long as posts usually are, 254 bytes.
    static DataMap record(int n) {
        return DataMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", ("bench " + n + " ").concat("lorem ipsum dolor sit amet ".repeat(6)))
                .put("createdAt", "2026-03-01T12:00:00.000Z")
                .build();
    }

    static RepoWrite put(int n) {
        return new RepoWrite.Put(
                RepoPath.parse("app.bsky.feed.post/" + Tid.of(1_772_366_400_000_000L + n, 7)), record(n));
    }

    /// A repository that grows in memory.
    private static final class Repo {
        private final AtprotoKeys keys = new AtprotoKeys();
        private final RepoCommitter committer = new RepoCommitter(keys.signer());
        private final TidClock revs = new TidClock(InstantSource.system(), 1);
        private final BlockMap blocks = new BlockMap();
        private final DidKey key = keys.key("bench");
        private RepoHead head;
        private int records;

        Repo() {
            NewCommit first = committer.create(DID, revs.next(), "bench");
            blocks.putAll(first.newBlocks());
            head = first.head();
        }

        NewCommit add(int count) {
            List<RepoWrite> writes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                writes.add(put(records++));
            }
            NewCommit step = committer
                    .commit(head, blocks, writes, revs.after(head.rev()), "bench")
                    .orElseThrow();
            blocks.putAll(step.newBlocks());
            head = step.head();
            return step;
        }
    }

    /// Commits of one record each, signed, onto a repository of some thousand records.
    double commits() {
        Repo repo = new Repo();
        return CpuTime.amountPerSecond(time, _ -> {
            repo.add(1);
            return 1;
        });
    }

    /// Commits of the event stream, checked as strictly as there are rules.
    double verified() {
        Repo repo = new Repo();
        List<CommitEvent> events = new ArrayList<>();
        List<RepoHead> heads = new ArrayList<>();
        for (int i = 0; i < HISTORY; i++) {
            heads.add(repo.head);
            events.add(CommitEvent.of(repo.add(1), i + 1, Instant.now()));
        }
        var verifier = new CommitVerifier(repo.keys.verifier());
        return CpuTime.amountPerSecond(time, i -> {
            int at = i % HISTORY;
            CommitVerdict verdict =
                    verifier.verify(events.get(at), repo.key, Optional.of(heads.get(at)), Instant.now());
            if (!(verdict instanceof CommitVerdict.Verified)) {
                throw new IllegalStateException("a sound commit is refused: " + verdict);
            }
            return 1;
        });
    }

    /// Megabytes of a repository of 10,000 records, written as a CAR file.
    double exported() {
        Repo repo = new Repo();
        while (repo.records < LARGE) {
            repo.add(AT_ONCE);
        }
        return CpuTime.amountPerSecond(time, _ -> {
                    long[] bytes = {0};
                    RepoExport.repository(repo.head, repo.blocks, new OutputStream() {
                        @Override
                        public void write(int b) {
                            bytes[0]++;
                        }

                        @Override
                        public void write(byte[] b, int from, int length) {
                            bytes[0] += length;
                        }
                    });
                    return bytes[0];
                })
                / MB;
    }

    /// Megabytes of records, read strictly.
    double decoded() {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < HISTORY; i++) {
            records.add(DagCbor.encode(record(i)));
        }
        return CpuTime.amountPerSecond(time, i -> {
                    byte[] bytes = records.get(i % HISTORY);
                    DagCbor.decodeMap(bytes);
                    return bytes.length;
                })
                / MB;
    }
}
