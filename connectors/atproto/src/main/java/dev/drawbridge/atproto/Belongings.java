package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.RepoArchive;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.atproto.store.blob.StoredBlob;
import dev.drawbridge.model.spi.Shelf;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The repository of a stand-in and the files its records show, as another server takes them: a CAR file, as
/// `com.atproto.sync.getRepo` hands it out, and each file under its CID, with a list that says what they are.
final class Belongings {
    private static final String REPOSITORY = "repository.car";
    private static final String LIST = "files.ndjson";
    private static final String FOLDER = "files/";
    private static final int PAGE = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Belongings.class);

    private final RepoArchive archive;
    private final BlobStore blobs;

    Belongings(RepoArchive archive, BlobStore blobs) {
        this.archive = archive;
        this.blobs = blobs;
    }

    void of(Did repo, Shelf shelf) throws IOException {
        boolean there = archive.state(repo)
                .filter(state -> !state.status().equals(AccountEvent.DELETED))
                .isPresent();
        if (!there) {
            return;
        }
        shelf.put(REPOSITORY, out -> archive.export(repo, Optional.empty(), out));
        if (!blobs.list(repo, Optional.empty(), Optional.empty(), 1).isEmpty()) {
            shelf.put(LIST, out -> each(repo, blob -> line(blob, out)));
            each(repo, blob -> shelf.put(FOLDER + blob.cid(), out -> file(repo, blob, out)));
        }
    }

    /// One that goes while it is read ends there, and everything else is taken still.
    private void file(Did repo, StoredBlob blob, OutputStream out) throws IOException {
        try {
            blobs.write(repo, blob, out);
        } catch (BlobStore.Removed e) {
            LOG.info("not taken along: {}", e.getMessage());
        }
    }

    /// What is done with a file.
    private interface Use {
        void of(StoredBlob blob) throws IOException;
    }

    private void each(Did repo, Use use) throws IOException {
        Optional<Cid> after = Optional.empty();
        List<Cid> page;
        do {
            page = blobs.list(repo, Optional.empty(), after, PAGE);
            for (Cid cid : page) {
                Optional<StoredBlob> blob = blobs.find(repo, cid);
                if (blob.isPresent()) {
                    use.of(blob.get());
                }
                after = Optional.of(cid);
            }
        } while (page.size() == PAGE);
    }

    private static void line(StoredBlob blob, OutputStream out) throws IOException {
        // A media type has no quotation marks: it was read from the bytes.
        String line = "{\"cid\":\"%s\",\"mediaType\":\"%s\",\"size\":%d}\n"
                .formatted(blob.cid(), blob.mediaType(), blob.size());
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }
}
