package dev.drawbridge.activitypub.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// What our actors said, in MongoDB, for everybody who asks later. What was taken back stays as a tombstone, so that
/// a late copy of it cannot bring it back.
public final class Utterances {
    private static final String ABOUT = "about";
    private static final String ROLE = "role";
    /// When it was put in front; absent if it is not.
    private static final String PINNED = "pinned";

    private static final String PIN_CHANGED = "pinChanged";
    private final MongoCollection<Document> all;

    public Utterances(MongoDatabase database) {
        all = database.getCollection("activitypub_objects");
        all.createIndex(Indexes.compoundIndex(
                Indexes.ascending("actor"), Indexes.ascending("listed"), Indexes.descending("order")));
        all.createIndex(Indexes.ascending(ABOUT, ROLE, "order"));
        all.createIndex(Indexes.ascending("actor", PINNED));
    }

    /// Stores it, unless a newer version or its tombstone is there.
    public void put(Utterance said) {
        Bson olderOrNone = Filters.and(
                Filters.eq("_id", said.id()),
                Filters.eq("gone", false),
                Filters.lte("version", Date.from(said.version())));
        try {
            all.updateOne(
                    olderOrNone,
                    Updates.combine(
                            Updates.set("actor", said.actor()),
                            Updates.set("type", said.type()),
                            Updates.set("json", said.json()),
                            Updates.set("version", Date.from(said.version())),
                            Updates.set("at", Date.from(said.at())),
                            Updates.set("order", said.order()),
                            said.about().map(a -> Updates.set(ABOUT, a)).orElseGet(() -> Updates.unset(ABOUT)),
                            Updates.set(ROLE, said.role().name()),
                            Updates.set("listed", said.listed())),
                    new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            // The id is there, but not as the filter wants it: newer or gone.
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    /// Takes it back, also if it was never seen.
    public void bury(String id, String actor, Instant at) {
        all.updateOne(
                Filters.eq("_id", id),
                Updates.combine(
                        Updates.set("actor", actor),
                        Updates.set("json", ""),
                        Updates.set("version", Date.from(at)),
                        Updates.set("listed", false),
                        Updates.set("gone", true),
                        Updates.setOnInsert("type", "Note"),
                        Updates.setOnInsert("at", Date.from(at)),
                        Updates.setOnInsert("order", "")),
                new UpdateOptions().upsert(true));
    }

    /// Takes back something that an undo has to quote in full: it is gone for everybody who asks, but stays readable
    /// here. Does nothing if it was never stored.
    public void retire(String id) {
        all.updateOne(Filters.eq("_id", id), Updates.combine(Updates.set("gone", true), Updates.set("listed", false)));
    }

    /// Takes back everything an actor said, with its text.
    public void buryAll(String actor) {
        all.updateMany(
                Filters.and(Filters.eq("actor", actor), Filters.eq("listed", true)),
                Updates.combine(Updates.set("json", ""), Updates.set("listed", false), Updates.set("gone", true)));
    }

    /// Puts something in front of the rest, or no longer does. Does nothing to what is not there, is somebody else's,
    /// or was pinned or unpinned later than `at`.
    public void pin(String id, String actor, boolean pinned, Instant at) {
        Date when = Date.from(at);
        all.updateOne(
                Filters.and(
                        Filters.eq("_id", id),
                        Filters.eq("actor", actor),
                        Filters.or(Filters.exists(PIN_CHANGED, false), Filters.lte(PIN_CHANGED, when))),
                Updates.combine(
                        Updates.set(PIN_CHANGED, when), pinned ? Updates.set(PINNED, when) : Updates.unset(PINNED)));
    }

    /// What an actor put in front, the latest first.
    public List<Utterance> pinned(String actor, int limit) {
        return all.find(Filters.and(Filters.eq("actor", actor), Filters.exists(PINNED), Filters.eq("gone", false)))
                .sort(Sorts.orderBy(Sorts.descending(PINNED), Sorts.ascending("_id")))
                .limit(limit)
                .map(Utterances::utterance)
                .into(new ArrayList<>());
    }

    public Optional<Utterance> find(String id) {
        return Optional.ofNullable(all.find(Filters.eq("_id", id)).first()).map(Utterances::utterance);
    }

    /// What an actor's outbox shows, newest first.
    ///
    /// @param before only what comes after this place, as [Utterance#order()] names it
    public List<Utterance> listed(String actor, Optional<String> before, int limit) {
        var filters = new ArrayList<>(List.of(Filters.eq("actor", actor), Filters.eq("listed", true)));
        before.ifPresent(b -> filters.add(Filters.lt("order", b)));
        return all.find(Filters.and(filters))
                .sort(Sorts.descending("order"))
                .limit(limit)
                .map(Utterances::utterance)
                .into(new ArrayList<>());
    }

    /// What stands about something, oldest first.
    ///
    /// @param after only what comes after this place, as [Utterance#order()] names it
    public List<Utterance> about(String id, Utterance.Role role, Optional<String> after, int limit) {
        Bson filter = after.map(a -> Filters.and(about(id, role), Filters.gt("order", a)))
                .orElseGet(() -> about(id, role));
        return all.find(filter)
                .sort(Sorts.ascending("order"))
                .limit(limit)
                .map(Utterances::utterance)
                .into(new ArrayList<>());
    }

    public long countAbout(String id, Utterance.Role role) {
        return all.countDocuments(about(id, role));
    }

    private static Bson about(String id, Utterance.Role role) {
        return Filters.and(Filters.eq(ABOUT, id), Filters.eq(ROLE, role.name()), Filters.eq("gone", false));
    }

    public long countListed(String actor) {
        return all.countDocuments(Filters.and(Filters.eq("actor", actor), Filters.eq("listed", true)));
    }

    private static Utterance utterance(Document stored) {
        return new Utterance(
                stored.getString("_id"),
                stored.getString("actor"),
                stored.getString("type"),
                stored.getString("json"),
                stored.getDate("version").toInstant(),
                stored.getDate("at").toInstant(),
                stored.getBoolean("listed", false),
                stored.getBoolean("gone", false),
                Optional.ofNullable(stored.getString(ABOUT)));
    }
}
