package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

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

/// [Follows] on MongoDB: a document per pair, which is the truth, and one per place where a person has followers, so
/// that a hundred thousand of them behind one inbox are one document to whoever plans a delivery.
final class MongoFollows implements Follows {
    static final List<Index> INDEXES = List.of(
            Index.of("follows", "followed", "followerNetwork", "active", "reach"),
            Index.of("reaches", "followed", "network", "active", "reach"),
            Index.of("reaches", "followed", "network", "reach"),
            Index.of("reaches", "reach"),
            Index.of("follows", "followed", "active", "follower"),
            Index.of("follows", "followed", "follower"),
            Index.of("follows", "follower", "followed"),
            Index.of("follows", "follow"),
            Index.of("follows", "reach"));

    private final Documents follows;
    private final Documents reaches;

    MongoFollows(MongoDatabase database) {
        follows = new Documents(database, "follows");
        reaches = new Documents(database, "reaches");
    }

    /// Makes the places of follows that were stored before places were.
    void repair() {
        if (!reaches.exists(new Document())) {
            follows.each(new Document(), row -> {
                Edge edge = edge(row);
                edge.reach()
                        .ifPresent(
                                reach -> keep(edge.followed(), edge.follower().network(), reach));
            });
        }
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
        Optional<Destination> before = find(edge.follower(), edge.followed()).flatMap(Edge::reach);
        follows.put(document);
        Network network = edge.follower().network();
        edge.reach().ifPresent(reach -> keep(edge.followed(), network, reach));
        before.filter(b -> !edge.reach().equals(Optional.of(b))).ifPresent(b -> keep(edge.followed(), network, b));
    }

    /// Writes down whether a place still has a follower, and looks again: whoever comes or goes meanwhile does the
    /// same.
    private void keep(NativeId followed, Network network, Destination reach) {
        String id = Row.key(followed.key(), network.name(), reach.key());
        boolean active = reached(followed, network, reach);
        boolean again;
        do {
            again = active;
            reaches.upsert(
                    eq("_id", id),
                    combine(
                            set(Row.VERSION, Row.LAYOUT),
                            set("followed", followed.key()),
                            set("network", network.name()),
                            set("reach", reach.key()),
                            set("active", active)));
            active = reached(followed, network, reach);
        } while (active != again);
    }

    private boolean reached(NativeId followed, Network network, Destination reach) {
        return follows.exists(and(active(followed, network), eq("reach", reach.key())));
    }

    private static String id(NativeId follower, NativeId followed) {
        return Row.key(follower.key(), followed.key());
    }

    @Override
    public Optional<Edge> remove(NativeId follower, NativeId followed) {
        Optional<Edge> gone = follows.take(eq("_id", id(follower, followed))).map(MongoFollows::edge);
        gone.flatMap(Edge::reach).ifPresent(reach -> keep(followed, follower.network(), reach));
        return gone;
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
    public List<Destination> reachOf(NativeId followed, Network network, Optional<Destination> after, int limit) {
        return page(and(places(followed, network), eq("active", true)), after, limit);
    }

    @Override
    public List<Destination> everReached(NativeId followed, Network network, Optional<Destination> after, int limit) {
        return page(places(followed, network), after, limit);
    }

    private static Bson places(NativeId followed, Network network) {
        return and(eq("followed", followed.key()), eq("network", network.name()));
    }

    private List<Destination> page(Bson places, Optional<Destination> after, int limit) {
        Bson page = after.map(a -> and(places, gt("reach", a.key()))).orElse(places);
        return reaches.list(page, ascending("reach"), limit).stream()
                .map(row -> Row.destination(row.text("reach")))
                .toList();
    }

    @Override
    public void removeReach(Destination gone) {
        follows.delete(eq("reach", gone.key()));
        reaches.delete(eq("reach", gone.key()));
    }

    @Override
    public List<NativeId> followersOf(NativeId followed, Network network, String prefix, int limit) {
        String from = network.name() + '|' + prefix;
        Bson range = and(gte("follower", from), lt("follower", from + Character.MAX_VALUE));
        return followers(and(active(followed, network), range), limit);
    }

    @Override
    public List<NativeId> followersOf(NativeId followed, Network network, Optional<NativeId> after, int limit) {
        Bson all = active(followed, network);
        return followers(after.map(a -> and(all, gt("follower", a.key()))).orElse(all), limit);
    }

    private List<NativeId> followers(Bson wanted, int limit) {
        return follows.list(wanted, ascending("follower"), limit).stream()
                .map(row -> row.nativeId("follower"))
                .toList();
    }

    @Override
    public long followerCount(NativeId followed, Network network) {
        return follows.count(active(followed, network));
    }

    private static Bson active(NativeId followed, Network network) {
        return and(eq("followed", followed.key()), eq("followerNetwork", network.name()), eq("active", true));
    }

    @Override
    public List<Edge> pending(NativeId followed, int limit) {
        Bson waiting = and(eq("followed", followed.key()), eq("active", false));
        return follows.list(waiting, ascending("follower"), limit).stream()
                .map(MongoFollows::edge)
                .toList();
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
