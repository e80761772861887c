package dev.drawbridge.atproto.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/// The log in the collection `atproto_events`; how far it was pruned is in `atproto_sequence`.
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
    public int insert(List<Entry> entries) {
        try {
            events.insertMany(entries.stream().map(MongoEventLog::document).toList());
            return entries.size();
        } catch (MongoBulkWriteException e) {
            BulkWriteError first =
                    e.getWriteErrors().isEmpty() ? null : e.getWriteErrors().getFirst();
            if (first == null || first.getCode() != MongoCodes.DUPLICATE_KEY) {
                throw e;
            }
            return first.getIndex();
        }
    }

    private static Document document(Entry entry) {
        return new Document("_id", entry.event().seq())
                .append("key", entry.key())
                .append("time", Date.from(entry.time()))
                .append("frame", new Binary(entry.event().frame()));
    }

    @Override
    public boolean fill(long seq, Instant time) {
        return insert(nothing(seq, time));
    }

    @Override
    public void fillAll(long from, long to, Instant time) {
        Set<Long> taken = new HashSet<>();
        for (Document event : events.find(Filters.and(Filters.gte("_id", from), Filters.lte("_id", to)))
                .projection(Projections.include("_id"))) {
            taken.add(event.getLong("_id"));
        }
        List<Document> nothing = LongStream.rangeClosed(from, to)
                .filter(seq -> !taken.contains(seq))
                .mapToObj(seq -> nothing(seq, time))
                .toList();
        if (nothing.isEmpty()) {
            return;
        }
        try {
            events.insertMany(nothing, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            // Taken meanwhile is as good as filled.
            boolean other = e.getWriteErrors().stream().anyMatch(error -> error.getCode() != MongoCodes.DUPLICATE_KEY);
            if (other || e.getWriteErrors().isEmpty()) {
                throw e;
            }
        }
    }

    private static Document nothing(long seq, Instant time) {
        return new Document("_id", seq).append("key", "nothing at " + seq).append("time", Date.from(time));
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
    public long newest() {
        Document last = events.find(Filters.exists("frame"))
                .sort(Sorts.descending("_id"))
                .limit(1)
                .first();
        return Math.max(last == null ? 0 : last.getLong("_id"), prunedUpTo());
    }

    @Override
    public long highest() {
        Document last = events.find().sort(Sorts.descending("_id")).limit(1).first();
        return Math.max(last == null ? 0 : last.getLong("_id"), prunedUpTo());
    }

    @Override
    public long countSince(Instant time) {
        return events.countDocuments(Filters.gte("time", Date.from(time)));
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
