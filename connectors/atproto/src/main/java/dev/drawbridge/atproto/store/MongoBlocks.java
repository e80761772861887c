package dev.drawbridge.atproto.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/// Blocks in the collection `atproto_blocks`, every look-up by `_id`.
final class MongoBlocks implements Blocks {
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
    private static final BulkWriteOptions ORDERED = new BulkWriteOptions().ordered(true);

    /// The character after `/`: ends the range of everything below a prefix.
    private static final char BEYOND = '0';

    private final MongoCollection<Document> blocks;

    MongoBlocks(MongoDatabase database) {
        blocks = database.getCollection("atproto_blocks");
    }

    @Override
    public Optional<byte[]> get(Did repo, Cid cid) {
        return Optional.ofNullable(blocks.find(Filters.eq(id(repo, cid))).first())
                .map(found -> found.get("bytes", Binary.class).getData());
    }

    @Override
    public Map<Cid, Dated> getAll(Did repo, Collection<Cid> cids) {
        Map<String, Cid> ids = new HashMap<>();
        cids.forEach(cid -> ids.put(id(repo, cid), cid));
        Map<Cid, Dated> found = new HashMap<>();
        for (Document block : blocks.find(Filters.in("_id", ids.keySet()))) {
            Cid cid = ids.get(block.getString("_id"));
            if (cid != null) {
                byte[] bytes = block.get("bytes", Binary.class).getData();
                found.put(cid, new Dated(bytes, new Tid(block.getString("rev"))));
            }
        }
        return found;
    }

    @Override
    public void put(Did repo, Tid rev, BlockMap added, List<RepoOp> ops) {
        Map<Cid, List<String>> paths = new HashMap<>();
        for (RepoOp op : ops) {
            op.cid()
                    .ifPresent(cid -> paths.computeIfAbsent(cid, _ -> new ArrayList<>())
                            .add(op.path().key()));
        }
        List<WriteModel<Document>> writes = new ArrayList<>();
        added.forEach((cid, bytes) -> {
            Bson fields = Updates.combine(Updates.set("bytes", new Binary(bytes)), Updates.set("rev", rev.value()));
            Bson update = Optional.ofNullable(paths.get(cid))
                    .map(at -> Updates.combine(fields, Updates.addEachToSet("paths", at)))
                    .orElse(fields);
            writes.add(new UpdateOneModel<>(Filters.eq(id(repo, cid)), update, UPSERT));
        });
        write(writes);
    }

    @Override
    public void drop(Did repo, Tid rev, Collection<Cid> nodes, List<RepoOp> ops) {
        Bson older = Filters.lt("rev", rev.value());
        List<WriteModel<Document>> writes = new ArrayList<>();
        nodes.forEach(cid -> writes.add(new DeleteOneModel<>(Filters.and(Filters.eq(id(repo, cid)), older))));
        for (RepoOp op : ops) {
            op.prev().ifPresent(cid -> {
                Bson block = Filters.and(Filters.eq(id(repo, cid)), older);
                writes.add(new UpdateOneModel<>(
                        block, Updates.pull("paths", op.path().key())));
                writes.add(new DeleteOneModel<>(Filters.and(block, Filters.size("paths", 0))));
            });
        }
        write(writes);
    }

    @Override
    public int sweep(Did repo, Tid before, Set<Cid> needed) {
        String prefix = repo.value() + '/';
        Bson old = Filters.and(
                Filters.gt("_id", prefix), Filters.lt("_id", repo.value() + BEYOND), Filters.lt("rev", before.value()));
        List<WriteModel<Document>> removals = new ArrayList<>();
        for (Document block : blocks.find(old).projection(Projections.include("_id"))) {
            String id = block.getString("_id");
            if (!needed.contains(Cid.parse(id.substring(prefix.length())))) {
                // What came in again meanwhile is needed.
                removals.add(new DeleteOneModel<>(Filters.and(Filters.eq(id), Filters.lt("rev", before.value()))));
            }
        }
        write(removals);
        return removals.size();
    }

    @Override
    public long count(Did repo) {
        return blocks.countDocuments(
                Filters.and(Filters.gt("_id", repo.value() + '/'), Filters.lt("_id", repo.value() + BEYOND)));
    }

    @Override
    public void clear(Did repo) {
        blocks.deleteMany(Filters.and(Filters.gt("_id", repo.value() + '/'), Filters.lt("_id", repo.value() + BEYOND)));
    }

    private void write(List<WriteModel<Document>> writes) {
        if (!writes.isEmpty()) {
            blocks.bulkWrite(writes, ORDERED);
        }
    }

    private static String id(Did repo, Cid cid) {
        return repo.value() + '/' + cid;
    }
}
