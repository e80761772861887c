package dev.drawbridge.atproto.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// The collection `atproto_writes`, a document for each record that waits.
final class MongoWriteQueue implements WriteQueue {
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final Bson ORDER = Sorts.ascending("rank", "token");
    private final MongoCollection<Document> writes;

    MongoWriteQueue(MongoDatabase database) {
        writes = database.getCollection("atproto_writes");
        writes.createIndex(Indexes.ascending("rank", "token"));
        writes.createIndex(Indexes.ascending("repo"));
        writes.createIndex(Indexes.ascending("since"));
    }

    @Override
    public void put(Did repo, RepoWrite write, Instant now) {
        // Ids rise with time, so that the first to come is the first in order.
        Document waiting = new Document("_id", id(repo, write.path()))
                .append("repo", repo.value())
                .append("path", write.path().key())
                .append("rank", WriteRank.of(write).number())
                .append("token", new ObjectId(Date.from(now)).toHexString())
                .append("since", Date.from(now));
        if (write instanceof RepoWrite.Put put) {
            waiting.append("record", new Binary(DagCbor.encode(put.record())));
        }
        writes.replaceOne(Filters.eq(id(repo, write.path())), waiting, UPSERT);
    }

    @Override
    public void remove(Did repo, RepoPath path) {
        writes.deleteOne(Filters.eq(id(repo, path)));
    }

    @Override
    public void removeAll(Collection<Waiting> done) {
        for (Waiting waiting : done) {
            writes.deleteOne(Filters.and(
                    Filters.eq(id(waiting.repo(), waiting.write().path())), Filters.eq("token", waiting.token())));
        }
    }

    @Override
    public void postpone(Waiting failed, Instant next) {
        writes.updateOne(
                Filters.and(Filters.eq(id(failed.repo(), failed.write().path())), Filters.eq("token", failed.token())),
                Updates.combine(Updates.set("attempts", failed.attempts() + 1), Updates.set("next", Date.from(next))));
    }

    @Override
    public void clear(Did repo) {
        writes.deleteMany(Filters.eq("repo", repo.value()));
    }

    @Override
    public List<Waiting> of(Did repo, int limit, Instant now) {
        List<Waiting> found = new ArrayList<>();
        for (Document waiting : writes.find(Filters.and(Filters.eq("repo", repo.value()), due(now)))
                .sort(ORDER)
                .limit(limit)) {
            found.add(read(waiting));
        }
        return found;
    }

    @Override
    public List<RepoPath> puts(Did repo) {
        List<RepoPath> found = new ArrayList<>();
        writes.find(Filters.and(Filters.eq("repo", repo.value()), Filters.exists("record")))
                .projection(Projections.include("path"))
                .forEach(row -> found.add(RepoPath.parse(row.getString("path"))));
        return found;
    }

    @Override
    public Optional<Did> first(Set<Did> but, Instant now) {
        Bson rest = but.isEmpty()
                ? due(now)
                : Filters.and(Filters.nin("repo", but.stream().map(Did::value).toList()), due(now));
        return Optional.ofNullable(writes.find(rest).sort(ORDER).limit(1).first())
                .map(waiting -> new Did(waiting.getString("repo")));
    }

    @Override
    public boolean has(Did repo) {
        return writes.find(Filters.eq("repo", repo.value())).limit(1).first() != null;
    }

    @Override
    public boolean has(Did repo, RepoPath path) {
        return writes.find(Filters.eq(id(repo, path))).limit(1).first() != null;
    }

    @Override
    public Set<Did> repos() {
        Set<Did> found = new HashSet<>();
        writes.find().projection(Projections.include("repo")).forEach(row -> found.add(new Did(row.getString("repo"))));
        return found;
    }

    @Override
    public RepoWriter.Backlog backlog() {
        Document oldest = writes.find().sort(Sorts.ascending("since")).limit(1).first();
        return oldest == null
                ? new RepoWriter.Backlog(0, Optional.empty())
                : new RepoWriter.Backlog(
                        writes.countDocuments(),
                        Optional.of(oldest.getDate("since").toInstant()));
    }

    /// One that never failed has no time to wait for.
    private static Bson due(Instant now) {
        return Filters.not(Filters.gt("next", Date.from(now)));
    }

    private static Waiting read(Document waiting) {
        Did repo = new Did(waiting.getString("repo"));
        RepoWrite delete = new RepoWrite.Delete(RepoPath.parse(waiting.getString("path")));
        Waiting place = new Waiting(repo, delete, waiting.getInteger("attempts", 0), waiting.getString("token"));
        Binary record = waiting.get("record", Binary.class);
        if (record == null) {
            return place;
        }
        try {
            RepoWrite put = new RepoWrite.Put(delete.path(), DagCbor.decodeMap(record.getData()));
            return new Waiting(repo, put, place.attempts(), place.token());
        } catch (MalformedData e) {
            throw new Unreadable(place, record.getData(), e);
        }
    }

    private static String id(Did repo, RepoPath path) {
        return repo.value() + '/' + path.key();
    }
}
