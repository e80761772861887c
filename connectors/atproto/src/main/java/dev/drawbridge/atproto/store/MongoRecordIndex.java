package dev.drawbridge.atproto.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// The index in the collection `atproto_records`; the `_id` is `did/collection/rkey`, so its order is that of the
/// paths.
final class MongoRecordIndex implements RecordIndex {
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    /// The character after `/`: ends the range of everything below a prefix.
    private static final char BEYOND = '0';

    private final MongoCollection<Document> records;

    MongoRecordIndex(MongoDatabase database) {
        records = database.getCollection("atproto_records");
    }

    @Override
    public void apply(Did repo, List<RepoOp> ops) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (RepoOp op : ops) {
            String id = repo.value() + '/' + op.path().key();
            writes.add(
                    op.cid().isPresent()
                            ? new ReplaceOneModel<>(
                                    Filters.eq(id),
                                    new Document("_id", id)
                                            .append("cid", op.cid().get().toString()),
                                    UPSERT)
                            : new DeleteOneModel<>(Filters.eq(id)));
        }
        if (!writes.isEmpty()) {
            records.bulkWrite(writes);
        }
    }

    @Override
    public Optional<Cid> get(Did repo, RepoPath path) {
        return Optional.ofNullable(records.find(Filters.eq(repo.value() + '/' + path.key()))
                        .first())
                .map(found -> Cid.parse(found.getString("cid")));
    }

    @Override
    public List<Entry> list(Did repo, Nsid collection, Optional<RecordKey> after, int limit, boolean newestFirst) {
        String prefix = repo.value() + '/' + collection.value();
        String from = prefix
                + '/'
                + after.filter(_ -> !newestFirst).map(RecordKey::value).orElse("");
        String to = after.filter(_ -> newestFirst)
                .map(key -> prefix + '/' + key.value())
                .orElse(prefix + BEYOND);
        List<Entry> found = new ArrayList<>();
        Bson order = newestFirst ? Sorts.descending("_id") : Sorts.ascending("_id");
        for (Document record : records.find(between(from, to)).sort(order).limit(limit)) {
            RecordKey key = new RecordKey(record.getString("_id").substring(prefix.length() + 1));
            found.add(new Entry(key, Cid.parse(record.getString("cid"))));
        }
        return found;
    }

    @Override
    public List<Nsid> collections(Did repo) {
        List<Nsid> found = new ArrayList<>();
        String root = repo.value() + '/';
        Document next = first(root, repo.value() + BEYOND);
        while (next != null) {
            String path = next.getString("_id").substring(root.length());
            Nsid collection = new Nsid(path.substring(0, path.indexOf('/')));
            found.add(collection);
            next = first(root + collection.value() + BEYOND, repo.value() + BEYOND);
        }
        return found;
    }

    @Override
    public long count(Did repo) {
        return records.countDocuments(between(repo.value() + '/', repo.value() + BEYOND));
    }

    @Override
    public void clear(Did repo) {
        records.deleteMany(between(repo.value() + '/', repo.value() + BEYOND));
    }

    private @Nullable Document first(String from, String to) {
        return records.find(between(from, to)).sort(Sorts.ascending("_id")).first();
    }

    private static Bson between(String from, String to) {
        return Filters.and(Filters.gt("_id", from), Filters.lt("_id", to));
    }
}
