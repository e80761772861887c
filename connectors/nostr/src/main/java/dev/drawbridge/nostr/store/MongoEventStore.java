package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [EventStore] on MongoDB. An event's key is what it takes the place of: its address if it has one, else its id. So a
/// newer version replaces the older in one write, and nothing is there twice.
///
/// A deletion is noted first, then what it takes back is removed, then the deletion itself is stored; an event looks
/// for its deletion before and after it is stored. Whichever order two of them run in, the event ends up gone.
public final class MongoEventStore implements EventStore {
    private static final int DUPLICATE_KEY = 11000;
    private static final String ID = "id";
    private static final String UNTIL = "until";

    private final MongoCollection<Document> events;
    private final MongoCollection<Document> deletions;

    /// Creates the indexes that are missing.
    public MongoEventStore(MongoDatabase database) {
        events = database.getCollection("nostr_events");
        deletions = database.getCollection("nostr_deletions");
        events.createIndex(Indexes.ascending(ID), new IndexOptions().unique(true));
        events.createIndex(
                Indexes.compoundIndex(Indexes.ascending("pubkey", "kind"), Indexes.descending("created_at")));
        events.createIndex(Indexes.compoundIndex(Indexes.ascending("kind"), Indexes.descending("created_at")));
        events.createIndex(Indexes.compoundIndex(Indexes.ascending("tags"), Indexes.descending("created_at")));
        events.createIndex(Indexes.descending("created_at"));
    }

    @Override
    public Saved save(Event event) {
        if (deleted(event)) {
            return Saved.DELETED;
        }
        if (event.kind() == Kind.DELETION) {
            delete(event);
        }
        Saved saved = event.address().isPresent() ? replace(event) : insert(event);
        if (saved == Saved.STORED && deleted(event)) {
            events.deleteOne(eq(ID, event.id().hex()));
            return Saved.DELETED;
        }
        return saved;
    }

    private Saved insert(Event event) {
        try {
            events.insertOne(document(event, event.id().hex()));
            return Saved.STORED;
        } catch (MongoWriteException e) {
            requireDuplicate(e);
            return Saved.DUPLICATE;
        }
    }

    private Saved replace(Event event) {
        String address = event.address().orElseThrow();
        Bson olderOne = or(
                lt("created_at", event.createdAt()),
                and(eq("created_at", event.createdAt()), gt(ID, event.id().hex())));
        try {
            events.replaceOne(
                    and(eq("_id", address), olderOne), document(event, address), new ReplaceOptions().upsert(true));
            return Saved.STORED;
        } catch (MongoWriteException e) {
            requireDuplicate(e);
            return find(event.id()).isPresent() ? Saved.DUPLICATE : Saved.SUPERSEDED;
        }
    }

    private static void requireDuplicate(MongoWriteException e) {
        if (e.getError().getCode() != DUPLICATE_KEY) {
            throw e;
        }
    }

    private static Document document(Event event, String key) {
        List<String> tags = event.tags().stream()
                .filter(Tag::indexed)
                .map(t -> t.name() + ":" + t.value())
                .distinct()
                .toList();
        return new Document("_id", key)
                .append(ID, event.id().hex())
                .append("pubkey", event.pubkey().hex())
                .append("kind", event.kind())
                .append("created_at", event.createdAt())
                .append("tags", tags)
                .append("event", event.json());
    }

    private boolean deleted(Event event) {
        List<String> keys = new ArrayList<>();
        keys.add(Deletions.key(event.id(), event.pubkey()));
        if (event.kind() != Kind.VANISH) {
            keys.add(Deletions.key(event.pubkey()));
        }
        event.address().map(Deletions::key).ifPresent(keys::add);
        for (Document found : deletions.find(in("_id", keys))) {
            if (event.createdAt() <= until(found)) {
                return true;
            }
        }
        return false;
    }

    private static long until(Document deletion) {
        return Optional.ofNullable(deletion.getLong(UNTIL)).orElse(Long.MAX_VALUE);
    }

    private void delete(Event deletion) {
        PublicKey author = deletion.pubkey();
        for (EventId id : Deletions.ids(deletion)) {
            remember(Deletions.key(id, author), Long.MAX_VALUE);
            events.deleteOne(and(eq(ID, id.hex()), eq("pubkey", author.hex()), ne("kind", Kind.DELETION)));
        }
        for (String address : Deletions.addresses(deletion)) {
            remember(Deletions.key(address), deletion.createdAt());
            events.deleteOne(and(eq("_id", address), lte("created_at", deletion.createdAt())));
        }
    }

    private void remember(String key, long until) {
        deletions.updateOne(eq("_id", key), Updates.max(UNTIL, until), new UpdateOptions().upsert(true));
    }

    @Override
    public Optional<Event> find(EventId id) {
        return Optional.ofNullable(events.find(eq(ID, id.hex())).first()).map(MongoEventStore::event);
    }

    @Override
    public Optional<Event> at(String address) {
        return Optional.ofNullable(events.find(eq("_id", address)).first()).map(MongoEventStore::event);
    }

    @Override
    public List<Event> query(Filter filter, int most) {
        int limit = Math.min(most, filter.limit().orElse(most));
        if (limit <= 0) {
            return List.of();
        }
        List<Event> found = new ArrayList<>();
        events.find(condition(filter))
                .sort(Sorts.orderBy(Sorts.descending("created_at"), Sorts.ascending(ID)))
                .limit(limit)
                .forEach(document -> found.add(event(document)));
        return found;
    }

    private static Bson condition(Filter filter) {
        List<Bson> all = new ArrayList<>();
        filter.ids().ifPresent(ids -> all.add(in(ID, ids)));
        filter.authors().ifPresent(authors -> all.add(in("pubkey", authors)));
        filter.kinds().ifPresent(kinds -> all.add(in("kind", kinds)));
        filter.tags()
                .forEach((name, values) -> all.add(
                        in("tags", values.stream().map(v -> name + ":" + v).toList())));
        filter.since().ifPresent(s -> all.add(com.mongodb.client.model.Filters.gte("created_at", s)));
        filter.until().ifPresent(u -> all.add(lte("created_at", u)));
        return all.isEmpty() ? new Document() : and(all);
    }

    private static Event event(Document document) {
        return switch (EventReader.read(document.getString("event"))) {
            case Reading.Read<Event>(Event event) -> event;
            case Reading.Unreadable<Event> bad ->
                throw new IllegalStateException("stored event " + document.get("_id") + " is damaged: " + bad);
        };
    }

    @Override
    public boolean holdsAnythingBy(PublicKey author) {
        return events.find(eq("pubkey", author.hex())).limit(1).first() != null;
    }

    @Override
    public void vanish(PublicKey author, long until) {
        remember(Deletions.key(author), until);
        events.deleteMany(and(eq("pubkey", author.hex()), lte("created_at", until), ne("kind", Kind.VANISH)));
    }

    @Override
    public long vanishedUntil(PublicKey author) {
        Document found = deletions.find(eq("_id", Deletions.key(author))).first();
        return found == null ? 0 : until(found);
    }
}
