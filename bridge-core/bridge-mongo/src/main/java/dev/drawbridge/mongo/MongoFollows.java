package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Follows] on MongoDB: a document per pair.
final class MongoFollows implements Follows {
    static final List<Index> INDEXES = List.of(
            Index.of("follows", "followed", "followerNetwork", "active", "reach"),
            Index.of("follows", "follower", "followed"),
            Index.of("follows", "follow"),
            Index.of("follows", "reach"));

    private final Documents follows;

    MongoFollows(MongoDatabase database) {
        follows = new Documents(database, "follows");
    }

    @Override
    public void put(Edge edge) {
        Document document = Row.of(id(edge.follower(), edge.followed()))
                .append("follower", edge.follower().key())
                .append("followerNetwork", edge.follower().network().name())
                .append("followed", edge.followed().key())
                .append("follow", edge.follow().key())
                .append("active", edge.active());
        edge.reach().ifPresent(reach -> document.append("reach", reach.key()));
        follows.put(document);
    }

    private static String id(NativeId follower, NativeId followed) {
        return Row.key(follower.key(), followed.key());
    }

    @Override
    public Optional<Edge> remove(NativeId follower, NativeId followed) {
        return follows.take(eq("_id", id(follower, followed))).map(MongoFollows::edge);
    }

    @Override
    public Optional<Edge> find(NativeId follower, NativeId followed) {
        return follows.byId(id(follower, followed)).map(MongoFollows::edge);
    }

    @Override
    public Optional<Edge> byFollow(NativeId follow) {
        return follows.first(eq("follow", follow.key())).map(MongoFollows::edge);
    }

    @Override
    public Set<Destination> reachOf(NativeId followed, Network network) {
        return follows.distinct("reach", and(active(followed, network), exists("reach"))).stream()
                .map(Row::destination)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void removeReach(Destination gone) {
        follows.delete(eq("reach", gone.key()));
    }

    @Override
    public long followerCount(NativeId followed, Network network) {
        return follows.count(active(followed, network));
    }

    private static Bson active(NativeId followed, Network network) {
        return and(eq("followed", followed.key()), eq("followerNetwork", network.name()), eq("active", true));
    }

    @Override
    public Set<NativeId> followedBy(NativeId follower) {
        return follows.distinct("followed", eq("follower", follower.key())).stream()
                .map(NativeId::parse)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Edge edge(Row row) {
        return new Edge(
                row.nativeId("follower"),
                row.nativeId("followed"),
                row.nativeId("follow"),
                row.optionalText("reach").map(Row::destination),
                row.flag("active"));
    }
}
