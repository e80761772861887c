package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.or;
import static dev.drawbridge.nostr.store.EventDocuments.CREATED_AT;
import static dev.drawbridge.nostr.store.EventDocuments.ID;
import static dev.drawbridge.nostr.store.EventDocuments.KIND;
import static dev.drawbridge.nostr.store.EventDocuments.PUBKEY;
import static dev.drawbridge.nostr.store.EventDocuments.TAGS;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.negentropy.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [EventStore] on MongoDB. An event's key is what it takes the place of: its address if it has one, else its id. So a
/// newer version replaces the older in one write, and nothing is there twice.
///
/// A deletion is noted first, then what it takes back is removed, then the deletion itself is stored; an event looks
/// for its deletion before and after it is stored. Whichever order two of them run in, the event ends up gone.
///
/// Many events at once cost three round trips between two deletions, and one wait for the disk.
public final class MongoEventStore implements EventStore {
    private static final int DUPLICATE_KEY = 11000;
    private static final String UNTIL = "until";
    /// What takes longer is not worth what it costs everybody else.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MongoCollection<Document> events;
    private final MongoCollection<Document> deletions;

    /// Creates the indexes that are missing.
    public MongoEventStore(MongoDatabase database) {
        events = database.getCollection("nostr_events");
        deletions = database.getCollection("nostr_deletions");
        EventDocuments.createIndexes(events);
    }

    @Override
    public List<Saved> saveAll(List<Event> all) {
        List<Saved> saved = new ArrayList<>(all.size());
        int start = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).kind() == Kind.DELETION || SecretText.isHeededOnly(all.get(i))) {
                saved.addAll(write(all.subList(start, i)));
                saved.addAll(delete(all.get(i)));
                start = i + 1;
            }
        }
        saved.addAll(write(all.subList(start, all.size())));
        return saved;
    }

    private List<Saved> delete(Event deletion) {
        if (!deleted(List.of(deletion)).isEmpty()) {
            return List.of(Saved.DELETED);
        }
        if (deletion.kind() == Kind.DELETION) {
            takeBack(deletion);
        }
        return SecretText.isHeededOnly(deletion) ? List.of(Saved.HEEDED) : write(List.of(deletion));
    }

    private List<Saved> write(List<Event> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        Set<EventId> gone = deleted(batch);
        Map<EventId, Event> once = new LinkedHashMap<>();
        batch.stream().filter(e -> !gone.contains(e.id())).forEach(e -> once.putIfAbsent(e.id(), e));
        List<Event> wanted = List.copyOf(once.values());
        Map<EventId, Saved> outcome = new HashMap<>(put(wanted));
        List<Event> stored =
                wanted.stream().filter(e -> outcome.get(e.id()) == Saved.STORED).toList();
        Set<EventId> meanwhile = deleted(stored);
        if (!meanwhile.isEmpty()) {
            events.deleteMany(in(ID, hex(meanwhile)));
        }
        gone.forEach(id -> outcome.put(id, Saved.DELETED));
        meanwhile.forEach(id -> outcome.put(id, Saved.DELETED));
        return answers(batch, outcome);
    }

    /// The same event twice in one batch is stored once.
    private static List<Saved> answers(List<Event> batch, Map<EventId, Saved> outcome) {
        List<Saved> saved = new ArrayList<>(batch.size());
        Set<EventId> seen = new HashSet<>();
        for (Event event : batch) {
            Saved first = java.util.Objects.requireNonNull(outcome.get(event.id()));
            boolean again = !seen.add(event.id()) && first == Saved.STORED;
            saved.add(again ? Saved.DUPLICATE : first);
        }
        return saved;
    }

    private Map<EventId, Saved> put(List<Event> wanted) {
        Map<EventId, Saved> outcome = new HashMap<>();
        wanted.forEach(e -> outcome.put(e.id(), Saved.STORED));
        if (wanted.isEmpty()) {
            return outcome;
        }
        try {
            events.bulkWrite(
                    wanted.stream().map(MongoEventStore::writing).toList(), new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            List<Event> refused = new ArrayList<>();
            for (BulkWriteError error : e.getWriteErrors()) {
                if (error.getCode() != DUPLICATE_KEY) {
                    throw e;
                }
                refused.add(wanted.get(error.getIndex()));
            }
            if (refused.isEmpty()) {
                throw e;
            }
            Set<EventId> here = present(refused.stream().map(Event::id).toList());
            refused.forEach(r -> outcome.put(r.id(), here.contains(r.id()) ? Saved.DUPLICATE : Saved.SUPERSEDED));
        }
        return outcome;
    }

    private static WriteModel<Document> writing(Event event) {
        Document document = EventDocuments.document(event);
        if (event.address().isEmpty()) {
            return new InsertOneModel<>(document);
        }
        Bson olderOne = or(
                lt(CREATED_AT, event.createdAt()),
                and(eq(CREATED_AT, event.createdAt()), gt(ID, event.id().hex())));
        return new ReplaceOneModel<>(
                and(eq("_id", EventDocuments.key(event)), olderOne), document, new ReplaceOptions().upsert(true));
    }

    private Set<EventId> deleted(List<Event> batch) {
        Map<String, Long> until = new HashMap<>();
        Set<String> keys = new HashSet<>();
        batch.forEach(e -> keys.addAll(deletionKeys(e)));
        if (!keys.isEmpty()) {
            for (Document found : deletions.find(in("_id", keys))) {
                until.put(found.getString("_id"), until(found));
            }
        }
        Set<EventId> gone = new HashSet<>();
        for (Event event : batch) {
            if (deletionKeys(event).stream().anyMatch(k -> event.createdAt() <= until.getOrDefault(k, -1L))) {
                gone.add(event.id());
            }
        }
        return gone;
    }

    private static List<String> deletionKeys(Event event) {
        List<String> keys = new ArrayList<>();
        keys.add(Deletions.key(event.id(), event.pubkey()));
        if (event.kind() != Kind.VANISH) {
            keys.add(Deletions.key(event.pubkey()));
        }
        event.address().map(Deletions::key).ifPresent(keys::add);
        return keys;
    }

    private static long until(Document deletion) {
        return Optional.ofNullable(deletion.getLong(UNTIL)).orElse(Long.MAX_VALUE);
    }

    private void takeBack(Event deletion) {
        PublicKey author = deletion.pubkey();
        for (EventId id : Deletions.ids(deletion)) {
            remember(Deletions.key(id, author), Long.MAX_VALUE);
            events.deleteOne(and(eq(ID, id.hex()), eq(PUBKEY, author.hex()), ne(KIND, Kind.DELETION)));
        }
        for (String address : Deletions.addresses(deletion)) {
            remember(Deletions.key(address), deletion.createdAt());
            events.deleteOne(and(eq("_id", address), lte(CREATED_AT, deletion.createdAt())));
        }
    }

    private void remember(String key, long until) {
        deletions.updateOne(eq("_id", key), Updates.max(UNTIL, until), new UpdateOptions().upsert(true));
    }

    @Override
    public Optional<Event> find(EventId id) {
        return Optional.ofNullable(events.find(eq(ID, id.hex())).first()).map(EventDocuments::event);
    }

    @Override
    public Set<EventId> present(Collection<EventId> ids) {
        Set<EventId> here = new HashSet<>();
        if (!ids.isEmpty()) {
            events.find(in(ID, hex(ids)))
                    .projection(Projections.include(ID))
                    .forEach(d -> here.add(new EventId(d.getString(ID))));
        }
        return here;
    }

    private static List<String> hex(Collection<EventId> ids) {
        return ids.stream().map(EventId::hex).toList();
    }

    @Override
    public Optional<Event> at(String address) {
        return Optional.ofNullable(events.find(eq("_id", address)).first()).map(EventDocuments::event);
    }

    @Override
    public List<Event> query(Filter filter, int most, View view) {
        List<Event> found = new ArrayList<>();
        Optional<FindIterable<Document>> documents = search(filter, most, view);
        if (documents.isEmpty()) {
            return found;
        }
        long size = 0;
        try (var cursor = documents.get().iterator()) {
            while ((view.everything() || size < ANSWER) && cursor.hasNext()) {
                found.add(EventDocuments.event(cursor.next()));
                size += found.getLast().size();
            }
        }
        return found;
    }

    private Optional<FindIterable<Document>> search(Filter filter, int most, View view) {
        int limit = Math.min(most, filter.limit().orElse(most));
        return limit <= 0
                ? Optional.empty()
                : Optional.of(events.find(EventDocuments.condition(filter, view))
                        .sort(Sorts.orderBy(Sorts.descending(CREATED_AT), Sorts.ascending(ID)))
                        .limit(limit)
                        .maxTime(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Override
    public long count(List<Filter> filters, int most, View view) {
        return events.countDocuments(
                EventDocuments.condition(filters, view),
                new CountOptions().limit(most).maxTime(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Override
    public List<Item> items(Filter filter, int most, View view) {
        List<Item> items = new ArrayList<>();
        search(filter, most, view)
                .ifPresent(documents -> documents
                        .projection(Projections.include(ID, CREATED_AT))
                        .forEach(d -> items.add(new Item(d.getLong(CREATED_AT), new EventId(d.getString(ID))))));
        return items;
    }

    @Override
    public boolean holdsAnythingBy(PublicKey author) {
        return events.find(eq(PUBKEY, author.hex())).limit(1).first() != null;
    }

    @Override
    public void vanish(PublicKey author, long until) {
        remember(Deletions.key(author), until);
        events.deleteMany(and(eq(PUBKEY, author.hex()), lte(CREATED_AT, until), ne(KIND, Kind.VANISH)));
        events.deleteMany(and(eq(TAGS, "p:" + author.hex()), lte(CREATED_AT, until), eq(KIND, Kind.GIFT_WRAP)));
    }

    @Override
    public long vanishedUntil(PublicKey author) {
        Document found = deletions.find(eq("_id", Deletions.key(author))).first();
        return found == null ? 0 : until(found);
    }

    @Override
    public long remove(Filter filter) {
        return events.deleteMany(EventDocuments.condition(filter)).getDeletedCount();
    }

    @Override
    public long forget(PublicKey author) {
        return events.deleteMany(and(eq(PUBKEY, author.hex()), nin(KIND, Kind.DELETION, Kind.VANISH)))
                .getDeletedCount();
    }

    @Override
    public long removeExpired(long now) {
        return events.deleteMany(EventDocuments.expired(now)).getDeletedCount();
    }
}
