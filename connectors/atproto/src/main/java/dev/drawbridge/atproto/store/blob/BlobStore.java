package dev.drawbridge.atproto.store.blob;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.spi.ConnectorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// Files by account and by the CID of their bytes. `atproto_blobs` says what there is, `atproto_blob_chunks` has the
/// bytes in pieces, `atproto_blob_uses` knows the files of each record, `atproto_blob_sources` the address each came
/// from.
///
/// A file is found once all of its bytes are there. The pieces of each upload have names of their own, so that a sweep
/// never takes those of somebody who stores the same file again. A file that no record refers to is removed by
/// [#sweep(Instant)].
public final class BlobStore {
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final int CHUNK = 1 << 20;

    /// The character after `/`: ends the range of everything of one account.
    private static final char BEYOND = '0';

    private final MongoCollection<Document> blobs;
    private final MongoCollection<Document> chunks;
    private final MongoCollection<Document> uses;
    private final MongoCollection<Document> sources;

    private BlobStore(MongoDatabase database) {
        blobs = database.getCollection("atproto_blobs");
        chunks = database.getCollection("atproto_blob_chunks");
        uses = database.getCollection("atproto_blob_uses");
        sources = database.getCollection("atproto_blob_sources");
        blobs.createIndex(Indexes.ascending("unused"));
        sources.createIndex(Indexes.ascending("at"));
    }

    public static BlobStore open(ConnectorContext.Resources resources) {
        return open(resources.get(MongoDatabase.class));
    }

    public static BlobStore open(MongoDatabase database) {
        return new BlobStore(database);
    }

    /// Stores a file for an account; storing it again renews the time from which it may lie unused.
    ///
    /// @param note what of the source is lost in it
    public StoredBlob put(
            Did repo,
            String mediaType,
            byte[] bytes,
            Optional<Media.Dimensions> dimensions,
            Optional<String> note,
            Instant now) {
        Cid cid = Cid.ofRaw(bytes);
        Optional<StoredBlob> known = renewed(repo, cid, now);
        if (known.isPresent()) {
            return known.get();
        }
        String upload = new ObjectId().toHexString();
        Document blob = new Document("_id", id(repo, cid))
                .append("type", mediaType)
                .append("size", (long) bytes.length)
                .append("upload", upload)
                .append("whole", false)
                .append("unused", Date.from(now))
                .append("paths", List.of());
        dimensions.ifPresent(d -> blob.append("width", d.width()).append("height", d.height()));
        note.ifPresent(words -> blob.append("note", words));
        Document before =
                blobs.findOneAndReplace(Filters.eq(id(repo, cid)), blob, new FindOneAndReplaceOptions().upsert(true));
        if (before != null) {
            // An upload that was never finished, or is outrun: nobody else knows the name of its pieces.
            dropChunks(before.getString("upload"));
        }
        for (int from = 0, n = 0; from < bytes.length; from += CHUNK, n++) {
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK));
            chunks.insertOne(new Document("_id", chunk(upload, n)).append("bytes", new Binary(piece)));
        }
        Bson mine = Filters.and(Filters.eq(id(repo, cid)), Filters.eq("upload", upload));
        if (blobs.updateOne(mine, Updates.set("whole", true)).getMatchedCount() == 0) {
            dropChunks(upload);
            return put(repo, mediaType, bytes, dimensions, note, now);
        }
        return new StoredBlob(cid, mediaType, bytes.length, dimensions, note);
    }

    public Optional<StoredBlob> find(Did repo, Cid cid) {
        return whole(repo, cid).map(found -> read(cid, found));
    }

    /// A file was swept away while it was read.
    public static final class Removed extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Removed(String what) {
            super(what);
        }
    }

    /// Writes the bytes of a file that [#find] knows.
    ///
    /// @throws Removed if they are not all there any more
    /// @throws IOException if the reader is gone
    public void write(Did repo, StoredBlob blob, OutputStream out) throws IOException {
        String upload = whole(repo, blob.cid())
                .map(found -> found.getString("upload"))
                .orElseThrow(() -> new Removed(blob.cid() + " was removed meanwhile"));
        long left = blob.size();
        for (int n = 0; left > 0; n++) {
            Document piece = chunks.find(Filters.eq(chunk(upload, n))).first();
            if (piece == null) {
                throw new Removed("piece " + n + " of " + blob.cid() + " is lost");
            }
            byte[] bytes = piece.get("bytes", Binary.class).getData();
            out.write(bytes);
            left -= bytes.length;
        }
    }

    /// Files that records of an account refer to, by rising CIDs.
    ///
    /// @param since only those that a later revision brought
    /// @param after only those behind this one
    public List<Cid> list(Did repo, Optional<Tid> since, Optional<Cid> after, int limit) {
        String from = repo.value() + '/' + after.map(Cid::toString).orElse("");
        List<Bson> wanted = new ArrayList<>(
                List.of(Filters.gt("_id", from), Filters.lt("_id", repo.value() + BEYOND), Filters.exists("rev")));
        since.ifPresent(rev -> wanted.add(Filters.gt("rev", rev.value())));
        List<Cid> found = new ArrayList<>();
        for (Document blob :
                blobs.find(Filters.and(wanted)).sort(Sorts.ascending("_id")).limit(limit)) {
            found.add(Cid.parse(blob.getString("_id").substring(repo.value().length() + 1)));
        }
        return found;
    }

    /// Notes which files a record refers to after a commit, and that it no longer refers to others. May be said twice.
    ///
    /// @param cids none if the record is gone
    /// @param rev the revision of the commit
    public void refer(Did repo, RepoPath path, Collection<Cid> cids, Tid rev, Instant now) {
        if (cids.isEmpty()) {
            drop(repo, path, now);
            return;
        }
        Bson place = Filters.eq(repo.value() + '/' + path.key());
        Document before = uses.find(place).first();
        List<String> wanted = cids.stream().map(Cid::toString).distinct().toList();
        List<String> had = before == null ? List.of() : before.getList("cids", String.class);
        for (String cid : wanted) {
            Bson blob = Filters.eq(repo.value() + '/' + cid);
            blobs.updateOne(blob, Updates.combine(Updates.addToSet("paths", path.key()), Updates.unset("unused")));
            blobs.updateOne(Filters.and(blob, Filters.exists("rev", false)), Updates.set("rev", rev.value()));
        }
        List<String> either =
                Stream.concat(wanted.stream(), had.stream()).distinct().toList();
        uses.replaceOne(place, new Document("_id", repo.value() + '/' + path.key()).append("cids", either), UPSERT);
        had.stream().filter(cid -> !wanted.contains(cid)).forEach(cid -> release(repo, path, cid, now));
        uses.updateOne(place, Updates.set("cids", wanted));
    }

    /// Keeps files for a record that is not written yet, beside those it may have now. May be said twice.
    public void hold(Did repo, RepoPath path, Collection<Cid> cids) {
        List<String> more = cids.stream().map(Cid::toString).toList();
        // First what it takes to let go of them again.
        uses.updateOne(
                Filters.eq(repo.value() + '/' + path.key()),
                Updates.addEachToSet("cids", more),
                new UpdateOptions().upsert(true));
        for (String cid : more) {
            blobs.updateOne(
                    Filters.eq(repo.value() + '/' + cid),
                    Updates.combine(Updates.addToSet("paths", path.key()), Updates.unset("unused")));
        }
    }

    /// Lets go of the files of a record that is not there. May be said twice.
    public void drop(Did repo, RepoPath path, Instant now) {
        Bson place = Filters.eq(repo.value() + '/' + path.key());
        Document had = uses.find(place).first();
        if (had != null) {
            had.getList("cids", String.class).forEach(cid -> release(repo, path, cid, now));
            uses.deleteOne(place);
        }
    }

    private void release(Did repo, RepoPath path, String cid, Instant now) {
        Bson blob = Filters.eq(repo.value() + '/' + cid);
        blobs.updateOne(blob, Updates.pull("paths", path.key()));
        blobs.updateOne(
                Filters.and(blob, Filters.size("paths", 0)),
                Updates.combine(Updates.set("unused", Date.from(now)), Updates.unset("rev")));
    }

    /// The file that came from an address, unless that was too long ago.
    ///
    /// @param notBefore older knowledge does not count: what is at the address may have changed
    public Optional<StoredBlob> from(Did repo, String source, Instant notBefore, Instant now) {
        Document known = sources.find(
                        Filters.and(Filters.eq(repo.value() + ' ' + source), Filters.gte("at", Date.from(notBefore))))
                .first();
        return Optional.ofNullable(known).flatMap(row -> renewed(repo, Cid.parse(row.getString("cid")), now));
    }

    public void cameFrom(Did repo, String source, Cid cid, Instant now) {
        String id = repo.value() + ' ' + source;
        sources.replaceOne(
                Filters.eq(id),
                new Document("_id", id).append("cid", cid.toString()).append("at", Date.from(now)),
                UPSERT);
    }

    /// Removes files that nothing refers to, and what is known of addresses.
    ///
    /// @param before only what lies unused since then
    /// @return how many files went
    public int sweep(Instant before) {
        sources.deleteMany(Filters.lt("at", Date.from(before)));
        int gone = 0;
        for (Document blob : blobs.find(Filters.lt("unused", Date.from(before)))) {
            String id = blob.getString("_id");
            // It may have been used meanwhile: only what is still unused goes, and its bytes after it.
            Bson unused = Filters.and(
                    Filters.eq(id),
                    Filters.eq("upload", blob.getString("upload")),
                    Filters.lt("unused", Date.from(before)));
            if (blobs.deleteOne(unused).getDeletedCount() == 1) {
                dropChunks(blob.getString("upload"));
                gone++;
            }
        }
        return gone;
    }

    /// Removes every file of an account, and what is known of where they came from. May be said twice.
    public void remove(Did repo) {
        for (Document blob : blobs.find(allOf(repo))) {
            // The bytes first: a row whose bytes are gone is found again, bytes without a row are not.
            dropChunks(blob.getString("upload"));
            blobs.deleteOne(Filters.eq(blob.getString("_id")));
        }
        uses.deleteMany(allOf(repo));
        sources.deleteMany(Filters.and(Filters.gt("_id", repo.value() + ' '), Filters.lt("_id", repo.value() + '!')));
    }

    private void dropChunks(String upload) {
        chunks.deleteMany(Filters.and(Filters.gt("_id", upload + '/'), Filters.lt("_id", upload + BEYOND)));
    }

    private static Bson allOf(Did repo) {
        return Filters.and(Filters.gt("_id", repo.value() + '/'), Filters.lt("_id", repo.value() + BEYOND));
    }

    private Optional<Document> whole(Did repo, Cid cid) {
        return Optional.ofNullable(blobs.find(Filters.and(Filters.eq(id(repo, cid)), Filters.eq("whole", true)))
                .first());
    }

    /// A file that is there and stays for a while, used or not.
    private Optional<StoredBlob> renewed(Did repo, Cid cid, Instant now) {
        Bson blob = Filters.and(Filters.eq(id(repo, cid)), Filters.eq("whole", true));
        blobs.updateOne(Filters.and(blob, Filters.exists("unused")), Updates.set("unused", Date.from(now)));
        return find(repo, cid);
    }

    private static StoredBlob read(Cid cid, Document blob) {
        Optional<Media.Dimensions> dimensions = blob.containsKey("width")
                ? Optional.of(new Media.Dimensions(blob.getInteger("width"), blob.getInteger("height")))
                : Optional.empty();
        return new StoredBlob(
                cid,
                blob.getString("type"),
                blob.getLong("size"),
                dimensions,
                Optional.ofNullable(blob.getString("note")));
    }

    private static String id(Did repo, Cid cid) {
        return repo.value() + '/' + cid;
    }

    private static String chunk(String upload, int number) {
        return upload + '/' + "%06d".formatted(number);
    }
}
