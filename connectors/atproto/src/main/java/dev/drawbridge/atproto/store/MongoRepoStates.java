package dev.drawbridge.atproto.store;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/// States in the collection `atproto_repos`.
final class MongoRepoStates implements RepoStates {
    private final MongoCollection<Document> repos;

    MongoRepoStates(MongoDatabase database) {
        repos = database.getCollection("atproto_repos");
        repos.createIndex(Indexes.ascending("settled"));
    }

    @Override
    public Optional<RepoState> find(Did repo) {
        return Optional.ofNullable(repos.find(Filters.eq(repo.value())).first()).map(MongoRepoStates::read);
    }

    @Override
    public boolean create(RepoState first) {
        try {
            repos.insertOne(write(first));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCode() == MongoCodes.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean replace(RepoState next) {
        Bson before = Filters.and(Filters.eq(next.did().value()), Filters.eq("version", next.version() - 1));
        return repos.replaceOne(before, write(next)).getMatchedCount() == 1;
    }

    @Override
    public void settled(Map<Did, Long> versions) {
        Bson done = Updates.combine(
                Updates.set("settled", true), Updates.set("pending", List.of()), Updates.set("dropped", List.of()));
        List<UpdateOneModel<Document>> updates = new ArrayList<>();
        versions.forEach((repo, version) -> updates.add(
                new UpdateOneModel<>(Filters.and(Filters.eq(repo.value()), Filters.eq("version", version)), done)));
        if (!updates.isEmpty()) {
            repos.bulkWrite(updates, new BulkWriteOptions().ordered(false));
        }
    }

    @Override
    public List<RepoState> page(Optional<Did> after, int limit) {
        Bson range = after.map(did -> Filters.gt("_id", did.value())).orElseGet(Filters::empty);
        List<RepoState> page = new ArrayList<>();
        for (Document found : repos.find(range).sort(Sorts.ascending("_id")).limit(limit)) {
            page.add(read(found));
        }
        return page;
    }

    @Override
    public List<Did> unsettled() {
        List<Did> found = new ArrayList<>();
        for (Document repo : repos.find(Filters.eq("settled", false)).projection(Projections.include("_id"))) {
            found.add(new Did(repo.getString("_id")));
        }
        return found;
    }

    private static Document write(RepoState state) {
        return new Document("_id", state.did().value())
                .append("version", state.version())
                .append("commit", state.head().commit().toString())
                .append("rev", state.head().rev().value())
                .append("data", state.head().data().toString())
                .append("active", state.active())
                .append("status", state.status())
                .append("settled", state.settled())
                .append(
                        "pending",
                        state.pending().stream()
                                .map(event -> new Binary(FrameCodec.encode(event)))
                                .toList())
                .append("dropped", state.dropped().stream().map(Cid::toString).toList());
    }

    private static RepoState read(Document stored) {
        RepoHead head = new RepoHead(
                new Did(stored.getString("_id")),
                Cid.parse(stored.getString("commit")),
                new Tid(stored.getString("rev")),
                Cid.parse(stored.getString("data")));
        Set<Cid> dropped = new HashSet<>();
        stored.getList("dropped", String.class).forEach(cid -> dropped.add(Cid.parse(cid)));
        return new RepoState(
                head,
                stored.getLong("version"),
                stored.getBoolean("active"),
                stored.getString("status"),
                stored.getList("pending", Binary.class).stream()
                        .map(MongoRepoStates::event)
                        .toList(),
                dropped);
    }

    private static SyncEvent event(Binary stored) {
        if (FrameCodec.decode(stored.getData()) instanceof Frame.Event(SyncEvent event)) {
            return event;
        }
        throw new IllegalStateException("a pending event is not an event");
    }
}
