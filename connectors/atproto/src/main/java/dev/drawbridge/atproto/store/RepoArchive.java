package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.BlockSource;
import dev.drawbridge.atproto.record.block.CarWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.mst.MstEntry;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads repositories, for whoever asks.
public final class RepoArchive {
    private static final int BATCH = 100;

    private final Blocks blocks;
    private final RepoStates states;
    private final RecordIndex index;
    private final Readers readers;

    RepoArchive(Blocks blocks, RepoStates states, RecordIndex index, Readers readers) {
        this.blocks = blocks;
        this.states = states;
        this.index = index;
        this.readers = readers;
    }

    /// A record and the id of this version of it.
    public record StoredRecord(RepoPath path, Cid cid, DataMap value) {}

    public Optional<RepoState> state(Did repo) {
        return states.find(repo);
    }

    /// States in order of their DIDs.
    public List<RepoState> states(Optional<Did> after, int limit) {
        return states.page(after, limit);
    }

    public Optional<StoredRecord> record(Did repo, RepoPath path) {
        return index.get(repo, path)
                .flatMap(cid ->
                        blocks.get(repo, cid).map(bytes -> new StoredRecord(path, cid, DagCbor.decodeMap(bytes))));
    }

    /// Records of a collection.
    ///
    /// @param after only keys behind this one, in the direction asked for
    /// @param newestFirst the order: falling or rising keys
    public List<StoredRecord> records(
            Did repo, Nsid collection, Optional<RecordKey> after, int limit, boolean newestFirst) {
        List<RecordIndex.Entry> entries = index.list(repo, collection, after, limit, newestFirst);
        Map<Cid, Blocks.Dated> values =
                blocks.getAll(repo, entries.stream().map(RecordIndex.Entry::cid).toList());
        List<StoredRecord> found = new ArrayList<>();
        for (RecordIndex.Entry entry : entries) {
            Optional.ofNullable(values.get(entry.cid()))
                    .ifPresent(value -> found.add(new StoredRecord(
                            new RepoPath(collection, entry.rkey()), entry.cid(), DagCbor.decodeMap(value.bytes()))));
        }
        return found;
    }

    /// Every collection with at least one record.
    public List<Nsid> collections(Did repo) {
        return index.collections(repo);
    }

    /// A CAR file that proves what is at `path`, or that nothing is.
    public Optional<byte[]> proof(Did repo, RepoPath path) {
        try (Readers.Reading _ = readers.open(repo)) {
            return states.find(repo).map(state -> {
                BlockSource source = source(repo);
                Cid commit = state.head().commit();
                Mst tree = Mst.load(source, state.head().data());
                BlockMap proof =
                        new BlockMap().put(commit, needed(source, commit)).putAll(tree.proof(path.key()));
                tree.get(path.key()).ifPresent(cid -> proof.put(cid, needed(source, cid)));
                return CarWriter.toBytes(commit, proof);
            });
        }
    }

    /// Writes a repository as a CAR file, in constant memory.
    ///
    /// @param since leaves out what was there at this revision already
    /// @return false if there is no such repository; nothing is written then
    public boolean export(Did repo, Optional<Tid> since, OutputStream out) {
        try (Readers.Reading _ = readers.open(repo)) {
            Optional<RepoState> state = states.find(repo);
            state.ifPresent(found -> export(found, since, out));
            return state.isPresent();
        }
    }

    private void export(RepoState state, Optional<Tid> since, OutputStream out) {
        BlockSource source = source(state.did());
        Cid commit = state.head().commit();
        CarWriter car = new CarWriter(out, commit);
        car.write(commit, needed(source, commit));
        Batch batch = new Batch(state.did(), since, car);
        Mst.load(source, state.head().data()).walk(new Mst.Visitor() {
            @Override
            public void node(Cid cid, byte[] bytes) {
                if (since.isPresent()) {
                    batch.add(cid);
                } else {
                    car.write(cid, bytes);
                }
            }

            @Override
            public void leaf(MstEntry entry) {
                batch.add(entry.value());
            }
        });
        batch.flush();
    }

    private BlockSource source(Did repo) {
        return cid -> blocks.get(repo, cid);
    }

    private static byte[] needed(BlockSource source, Cid cid) {
        return source.get(cid).orElseThrow(() -> new IllegalStateException("block " + cid + " is lost"));
    }

    /// Blocks that are fetched together.
    private final class Batch {
        private final Did repo;
        private final Optional<Tid> since;
        private final CarWriter car;
        private final Set<Cid> cids = new LinkedHashSet<>();

        Batch(Did repo, Optional<Tid> since, CarWriter car) {
            this.repo = repo;
            this.since = since;
            this.car = car;
        }

        void add(Cid cid) {
            cids.add(cid);
            if (cids.size() >= BATCH) {
                flush();
            }
        }

        void flush() {
            Map<Cid, Blocks.Dated> found = blocks.getAll(repo, cids);
            for (Cid cid : cids) {
                Blocks.Dated block = found.get(cid);
                if (block == null) {
                    throw new IllegalStateException("block " + cid + " of " + repo + " is lost");
                }
                if (since.filter(rev -> block.rev().compareTo(rev) <= 0).isEmpty()) {
                    car.write(cid, block.bytes());
                }
            }
            cids.clear();
        }
    }
}
