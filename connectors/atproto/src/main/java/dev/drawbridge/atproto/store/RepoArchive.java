package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.repo.RepoExport;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads repositories, for whoever asks.
public final class RepoArchive {
    /// How long reading a repository may take.
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Blocks blocks;
    private final RepoStates states;
    private final RecordIndex index;
    private final Readers readers;
    private final InstantSource clock;

    RepoArchive(Blocks blocks, RepoStates states, RecordIndex index, Readers readers, InstantSource clock) {
        this.blocks = blocks;
        this.states = states;
        this.index = index;
        this.readers = readers;
        this.clock = clock;
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

    public long recordCount(Did repo) {
        return index.count(repo);
    }

    public long blockCount(Did repo) {
        return blocks.count(repo);
    }

    /// A CAR file that proves what is at `path`, or that nothing is.
    public Optional<byte[]> proof(Did repo, RepoPath path) {
        try (Readers.Reading _ = readers.open(repo)) {
            return states.find(repo).map(state -> RepoExport.record(state.head(), cid -> blocks.get(repo, cid), path));
        }
    }

    /// Writes a repository as a CAR file, in constant memory. Who takes longer than [#PATIENCE] to read it is cut off,
    /// because what was deleted meanwhile is kept until then.
    ///
    /// @param since leaves out what was there at this revision already
    /// @return false if there is no such repository; nothing is written then
    /// @throws UncheckedIOException if the reader is too slow or gone
    public boolean export(Did repo, Optional<Tid> since, OutputStream out) {
        try (Readers.Reading _ = readers.open(repo)) {
            Optional<RepoState> state = states.find(repo);
            Instant end = clock.instant().plus(PATIENCE);
            state.ifPresent(found -> RepoExport.batched(
                    found.head(),
                    cids -> {
                        if (clock.instant().isAfter(end)) {
                            throw new UncheckedIOException(
                                    new IOException("took longer than " + PATIENCE + " to read " + repo));
                        }
                        return newer(found.head(), cids, since);
                    },
                    out));
            return state.isPresent();
        }
    }

    /// Some blocks of a repository, as a CAR file without a root.
    ///
    /// @return empty if one of them is not there
    public Optional<byte[]> blocks(Did repo, Collection<Cid> cids) {
        Map<Cid, Blocks.Dated> found = blocks.getAll(repo, cids);
        if (!found.keySet().containsAll(cids)) {
            return Optional.empty();
        }
        BlockMap wanted = new BlockMap();
        cids.forEach(cid -> Optional.ofNullable(found.get(cid)).ifPresent(block -> wanted.put(cid, block.bytes())));
        return Optional.of(CarWriter.toBytes(wanted));
    }

    /// Which of these blocks are not there.
    public List<Cid> missing(Did repo, Collection<Cid> cids) {
        Map<Cid, Blocks.Dated> found = blocks.getAll(repo, cids);
        return cids.stream().filter(cid -> !found.containsKey(cid)).toList();
    }

    /// A tree node that was there at `since` came with everything below it. The commit is always wanted.
    private Map<Cid, byte[]> newer(RepoHead head, Collection<Cid> cids, Optional<Tid> since) {
        Map<Cid, Blocks.Dated> found = blocks.getAll(head.did(), cids);
        Map<Cid, byte[]> wanted = new HashMap<>();
        for (Cid cid : cids) {
            Blocks.Dated block = found.get(cid);
            if (block == null) {
                throw new MissingBlock(cid);
            }
            boolean old = since.filter(rev -> block.rev().compareTo(rev) <= 0).isPresent();
            if (!old || cid.equals(head.commit())) {
                wanted.put(cid, block.bytes());
            }
        }
        return wanted;
    }
}
