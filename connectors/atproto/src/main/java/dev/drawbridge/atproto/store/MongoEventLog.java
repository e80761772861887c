package dev.drawbridge.atproto.store;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/// The log in the collection `atproto_events`, its counter in `atproto_sequence`.
final class MongoEventLog implements EventLog {
    private static final Bson COUNTER = Filters.eq("events");
    private final MongoCollection<Document> events;
    private final MongoCollection<Document> sequence;

    MongoEventLog(MongoDatabase database) {
        events = database.getCollection("atproto_events");
        sequence = database.getCollection("atproto_sequence");
        events.createIndex(Indexes.ascending("key"), new IndexOptions().unique(true));
        events.createIndex(Indexes.ascending("time"));
    }

    @Override
    public long reserve(int count) {
        // The log itself is asked too, so that a lost counter cannot lead to a number used twice.
        sequence.updateOne(COUNTER, Updates.max("reserved", highest()), new UpdateOptions().upsert(true));
        Document after = Objects.requireNonNull(sequence.findOneAndUpdate(
                COUNTER,
                Updates.inc("reserved", (long) count),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)));
        return after.getLong("reserved") - count + 1;
    }

    @Override
    public boolean insert(StoredEvent event, String key, Instant time) {
        return insert(new Document("_id", event.seq())
                .append("key", key)
                .append("time", Date.from(time))
                .append("frame", new Binary(event.frame())));
    }

    @Override
    public boolean fill(long seq, Instant time) {
        return insert(
                new Document("_id", seq).append("key", "nothing at " + seq).append("time", Date.from(time)));
    }

    private boolean insert(Document event) {
        try {
            events.insertOne(event);
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCode() == MongoCodes.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<StoredEvent> bySeq(long seq) {
        return read(events.find(Filters.eq(seq)).first());
    }

    @Override
    public Optional<StoredEvent> byKey(String key) {
        return read(events.find(Filters.eq("key", key)).first());
    }

    @Override
    public List<StoredEvent> after(long seq, int limit) {
        List<StoredEvent> found = new ArrayList<>();
        long last = seq;
        while (found.isEmpty()) {
            int read = 0;
            for (Document event : events.find(Filters.gt("_id", last))
                    .sort(Sorts.ascending("_id"))
                    .limit(limit)) {
                read++;
                last = event.getLong("_id");
                read(event).ifPresent(found::add);
            }
            if (read < limit) {
                break;
            }
        }
        return found;
    }

    @Override
    public long highest() {
        Document last = events.find().sort(Sorts.descending("_id")).limit(1).first();
        return Math.max(last == null ? 0 : last.getLong("_id"), prunedUpTo());
    }

    @Override
    public long prunedUpTo() {
        Document counter = sequence.find(COUNTER).first();
        Long pruned = counter == null ? null : counter.getLong("pruned");
        return pruned == null ? 0 : pruned;
    }

    @Override
    public void prune(Instant time) {
        Document last = events.find(Filters.lt("time", Date.from(time)))
                .sort(Sorts.descending("_id"))
                .limit(1)
                .first();
        if (last != null) {
            long upTo = last.getLong("_id");
            sequence.updateOne(COUNTER, Updates.max("pruned", upTo), new UpdateOptions().upsert(true));
            events.deleteMany(Filters.lte("_id", upTo));
        }
    }

    private static Optional<StoredEvent> read(@Nullable Document event) {
        return Optional.ofNullable(event)
                .filter(stored -> stored.containsKey("frame"))
                .map(stored -> new StoredEvent(
                        stored.getLong("_id"), stored.get("frame", Binary.class).getData()));
    }
}
