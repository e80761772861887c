package dev.drawbridge.atproto.store.blob;

import dev.drawbridge.atproto.record.cbor.Blob;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files that records refer to: there before the record is, and kept as long as it is.
public final class RecordFiles {
    private final BlobStore blobs;
    private final InstantSource clock;

    public RecordFiles(BlobStore blobs, InstantSource clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /// The first file that nobody has stored.
    public Optional<Cid> missing(Did repo, List<RepoWrite> writes) {
        return writes.stream()
                .flatMap(write -> cids(write).stream())
                .filter(cid -> blobs.find(repo, cid).isEmpty())
                .findFirst();
    }

    /// Notes what the records of a commit refer to now. May be said twice.
    public void committed(Did repo, List<RepoWrite> writes, Tid rev) {
        writes.forEach(write -> blobs.refer(repo, write.path(), cids(write), rev, clock.instant()));
    }

    /// A write waits for its turn: its files stay, and those of the record it replaces too. May be said twice.
    public void waiting(Did repo, RepoWrite write) {
        Set<Cid> wanted = cids(write);
        if (!wanted.isEmpty()) {
            blobs.hold(repo, write.path(), wanted);
        }
    }

    /// A write that waited is not carried out any more, and there is no record. May be said twice.
    public void forgotten(Did repo, RepoPath path) {
        blobs.drop(repo, path, clock.instant());
    }

    private static Set<Cid> cids(RepoWrite write) {
        Set<Cid> found = new LinkedHashSet<>();
        if (write instanceof RepoWrite.Put put) {
            collect(put.record(), found);
        }
        return found;
    }

    private static void collect(Data data, Set<Cid> found) {
        switch (data) {
            case DataMap map -> {
                Blob.tryFrom(map).map(Blob::ref).ifPresent(found::add);
                map.fields().values().forEach(value -> collect(value, found));
            }
            case DataList list -> list.forEach(item -> collect(item, found));
            case Data.Text _, Data.Int _, Data.Bool _, Data.Bytes _, Data.Link _, Data.Null _ -> {}
        }
    }
}
