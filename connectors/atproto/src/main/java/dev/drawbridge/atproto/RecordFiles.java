package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.cbor.Blob;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.store.blob.BlobStore;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files that records refer to: there before the record is, and kept as long as it is.
final class RecordFiles {
    private final BlobStore blobs;
    private final InstantSource clock;

    RecordFiles(BlobStore blobs, InstantSource clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /// The first file that nobody has stored.
    Optional<Cid> missing(Did repo, List<RepoWrite> writes) {
        return writes.stream()
                .flatMap(write -> cids(write).stream())
                .filter(cid -> blobs.find(repo, cid).isEmpty())
                .findFirst();
    }

    /// Notes what the records of a commit refer to now. May be said twice.
    void committed(Did repo, List<RepoWrite> writes, Tid rev) {
        writes.forEach(write -> blobs.refer(repo, write.path(), cids(write), rev, clock.instant()));
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
