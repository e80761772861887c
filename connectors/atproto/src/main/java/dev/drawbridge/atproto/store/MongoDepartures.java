package dev.drawbridge.atproto.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.syntax.Did;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Departures] in the collections `atproto_departures` and `atproto_sessions`.
final class MongoDepartures implements Departures {
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private final MongoCollection<Document> departures;
    private final MongoCollection<Document> sessions;

    MongoDepartures(MongoDatabase database) {
        departures = database.getCollection("atproto_departures");
        sessions = database.getCollection("atproto_sessions");
        departures.createIndex(Indexes.ascending("until"));
        departures.createIndex(Indexes.ascending("nextLook"), new IndexOptions().sparse(true));
        sessions.createIndex(Indexes.ascending("did"));
        sessions.createIndex(Indexes.ascending("family"));
        sessions.createIndex(Indexes.ascending("until"));
    }

    @Override
    public void put(Departure departure) {
        Did did = departure.did();
        // A move that was signed before is still looked for.
        Bson kept = Updates.combine(
                Updates.set("id", departure.id()),
                Updates.set("password", departure.password()),
                Updates.set("code", departure.code()),
                Updates.set("since", Date.from(departure.since())),
                Updates.set("until", Date.from(departure.until())),
                Updates.unset("copied"),
                Updates.unset("told"));
        departures.updateOne(Filters.eq(did.value()), kept, new UpdateOptions().upsert(true));
        sessions.deleteMany(Filters.eq("did", did.value()));
    }

    @Override
    public Optional<Departure> of(Did did) {
        return Optional.ofNullable(departures.find(Filters.eq(did.value())).first())
                .map(MongoDepartures::departure);
    }

    @Override
    public void signed(Did did, Instant at) {
        departures.updateOne(
                Filters.eq(did.value()),
                Updates.combine(
                        Updates.set("signedAt", Date.from(at)),
                        Updates.set("nextLook", Date.from(at)),
                        Updates.set("looks", 0),
                        Updates.set("code", "")));
    }

    @Override
    public void copied(Did did, String rev) {
        departures.updateOne(Filters.eq(did.value()), Updates.set("copied", rev));
    }

    @Override
    public List<Departure> watched(Instant now, int limit) {
        List<Departure> found = new ArrayList<>();
        departures
                .find(Filters.and(Filters.lte("nextLook", Date.from(now)), Filters.exists("told", false)))
                .sort(Sorts.ascending("nextLook", "_id"))
                .limit(limit)
                .forEach(kept -> found.add(departure(kept)));
        return found;
    }

    @Override
    public void looked(Did did, Instant next) {
        departures.updateOne(
                Filters.eq(did.value()),
                Updates.combine(Updates.set("nextLook", Date.from(next)), Updates.inc("looks", 1)));
    }

    @Override
    public void told(Did did) {
        departures.updateOne(Filters.eq(did.value()), Updates.set("told", true));
    }

    @Override
    public void remove(Did did) {
        departures.deleteOne(Filters.eq(did.value()));
        sessions.deleteMany(Filters.eq("did", did.value()));
    }

    @Override
    public void begin(Session session) {
        sessions.replaceOne(
                Filters.eq(session.id()),
                new Document("_id", session.id())
                        .append("did", session.did().value())
                        .append("departure", session.departure())
                        .append("family", session.family())
                        .append("until", Date.from(session.until())),
                UPSERT);
    }

    @Override
    public Optional<Session> session(String id) {
        return Optional.ofNullable(sessions.find(Filters.eq(id)).first())
                .map(kept -> new Session(
                        kept.getString("_id"),
                        new Did(kept.getString("did")),
                        kept.getString("departure"),
                        kept.getString("family"),
                        kept.getDate("until").toInstant(),
                        Optional.ofNullable(kept.getString("next"))));
    }

    @Override
    public Optional<String> renew(String id, String next, Instant until) {
        Bson first = Filters.and(Filters.eq(id), Filters.exists("next", false));
        sessions.updateOne(first, Updates.combine(Updates.set("next", next), Updates.min("until", Date.from(until))));
        return session(id).flatMap(Session::next);
    }

    @Override
    public void end(String id) {
        // The one it took the place of is good for a while, and must not bring it back.
        session(id).ifPresent(session -> sessions.deleteMany(Filters.eq("family", session.family())));
    }

    @Override
    public void prune(Instant now) {
        sessions.deleteMany(Filters.lt("until", Date.from(now)));
        // While it is not known where a DID went, it is looked after.
        departures.deleteMany(Filters.and(
                Filters.lt("until", Date.from(now)),
                Filters.or(Filters.exists("signedAt", false), Filters.exists("told"))));
    }

    private static Departure departure(Document kept) {
        return new Departure(
                new Did(kept.getString("_id")),
                kept.getString("id"),
                kept.getString("password"),
                kept.getString("code"),
                kept.getDate("since").toInstant(),
                kept.getDate("until").toInstant(),
                Optional.ofNullable(kept.getDate("signedAt")).map(Date::toInstant),
                kept.getInteger("looks", 0),
                Optional.ofNullable(kept.getString("copied")),
                kept.getBoolean("told", false));
    }
}
