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
import dev.drawbridge.atproto.record.syntax.TidClock;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What one thread does with repositories in memory, with no store and no network.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class AtprotoBenchmark {
    private static final Did DID = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final int HISTORY = 2_000;
    private static final int LARGE = 10_000;
    private static final int AT_ONCE = 200;

    /// A repository that grows, from some thousand records on.
    @State(Scope.Thread)
    public static class Growing {
        private final AtprotoKeys keys = new AtprotoKeys();
        private final RepoCommitter committer = new RepoCommitter(keys.signer());
        private final TidClock revs = new TidClock(InstantSource.system(), 1);
        private final DidKey key = keys.key("bench");
        private BlockMap blocks = new BlockMap();
        private RepoHead head = begin();
        private int records;

        /// Each round begins with a repository of the same size.
        @Setup(Level.Iteration)
        public void setUp() {
            blocks = new BlockMap();
            head = begin();
            records = 0;
            while (records < HISTORY) {
                add(AT_ONCE);
            }
        }

        private RepoHead begin() {
            NewCommit first = committer.create(DID, revs.next(), "bench");
            blocks.putAll(first.newBlocks());
            return first.head();
        }

        private NewCommit add(int count) {
            List<RepoWrite> writes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                writes.add(AtprotoPosts.put(records++));
            }
            NewCommit step = committer
                    .commit(head, blocks, writes, revs.after(head.rev()), "bench")
                    .orElseThrow();
            blocks.putAll(step.newBlocks());
            head = step.head();
            return step;
        }
    }

    /// Commits of one record each, and what was before each of them.
    @State(Scope.Thread)
    public static class History {
        private final Growing repo = new Growing();
        private final List<CommitEvent> events = new ArrayList<>();
        private final List<RepoHead> heads = new ArrayList<>();
        private final CommitVerifier verifier = new CommitVerifier(repo.keys.verifier());
        private int next;

        public History() {
            for (int i = 0; i < HISTORY; i++) {
                heads.add(repo.head);
                events.add(CommitEvent.of(repo.add(1), i + 1, Instant.now()));
            }
        }
    }

    /// A repository of 10,000 records.
    @State(Scope.Thread)
    public static class Large {
        private final Growing repo = new Growing();

        public Large() {
            while (repo.records < LARGE) {
                repo.add(AT_ONCE);
            }
        }
    }

    /// Records as they are stored.
    @State(Scope.Thread)
    public static class Records {
        private final List<byte[]> encoded = new ArrayList<>();
        private int next;

        public Records() {
            for (int i = 0; i < HISTORY; i++) {
                encoded.add(DagCbor.encode(AtprotoPosts.record(i)));
            }
        }
    }

    /// Bytes that one call of {@link #exported} writes.
    static long exportedBytes() {
        return new AtprotoBenchmark().exported(new Large());
    }

    /// Bytes that one call of {@link #decoded} reads, on average.
    static double decodedBytes() {
        return new Records()
                .encoded.stream().mapToInt(bytes -> bytes.length).average().orElseThrow();
    }

    /// A commit of one record, signed.
    @Benchmark
    public NewCommit committed(Growing repo) {
        return repo.add(1);
    }

    /// A commit of the event stream, checked as strictly as there are rules.
    @Benchmark
    public CommitVerdict verified(History history) {
        int at = history.next++ % HISTORY;
        CommitVerdict verdict = history.verifier.verify(
                history.events.get(at), history.repo.key, Optional.of(history.heads.get(at)), Instant.now());
        if (!(verdict instanceof CommitVerdict.Verified)) {
            throw new IllegalStateException("a sound commit is refused: " + verdict);
        }
        return verdict;
    }

    /// A repository written as a CAR file.
    ///
    /// @return its bytes
    @Benchmark
    public long exported(Large large) {
        long[] bytes = {0};
        RepoExport.repository(large.repo.head, large.repo.blocks, new OutputStream() {
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
    }

    /// A record, read strictly.
    @Benchmark
    public DataMap decoded(Records records) {
        return DagCbor.decodeMap(records.encoded.get(records.next++ % HISTORY));
    }
}
