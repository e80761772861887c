package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [OpenPolls] on MongoDB, one small document each.
public final class MongoOpenPolls implements OpenPolls {
    private static final String NEXT = "next";
    private static final String TOLD = "told";
    private static final String ENDS = "ends";

    private final MongoCollection<Document> polls;

    /// Creates the indexes that are missing.
    public MongoOpenPolls(MongoDatabase database) {
        polls = database.getCollection("nostr_open_polls");
        polls.createIndex(Indexes.ascending(NEXT));
    }

    @Override
    public void open(OpenPoll poll) {
        List<Bson> fields = new ArrayList<>(List.of(
                Updates.setOnInsert("author", poll.author().hex()),
                Updates.setOnInsert("asked", poll.asked().toEpochMilli()),
                Updates.setOnInsert(NEXT, poll.next().toEpochMilli()),
                Updates.setOnInsert(TOLD, poll.told())));
        poll.ends().ifPresent(end -> fields.add(Updates.setOnInsert(ENDS, end.toEpochMilli())));
        polls.updateOne(eq("_id", poll.id().hex()), Updates.combine(fields), new UpdateOptions().upsert(true));
    }

    @Override
    public List<OpenPoll> due(Instant now, int most) {
        return polls.find(lte(NEXT, now.toEpochMilli()))
                .sort(Sorts.ascending(NEXT, "_id"))
                .limit(most)
                .map(MongoOpenPolls::poll)
                .into(new ArrayList<>());
    }

    @Override
    public boolean postpone(OpenPoll poll, Instant next) {
        Bson asItWas = and(eq("_id", poll.id().hex()), eq(NEXT, poll.next().toEpochMilli()));
        return polls.updateOne(asItWas, Updates.set(NEXT, next.toEpochMilli())).getMatchedCount() == 1;
    }

    @Override
    public void told(EventId id, List<Long> counts) {
        polls.updateOne(eq("_id", id.hex()), Updates.set(TOLD, counts));
    }

    @Override
    public void close(EventId id) {
        polls.deleteOne(eq("_id", id.hex()));
    }

    private static OpenPoll poll(Document stored) {
        return new OpenPoll(
                new EventId(stored.getString("_id")),
                new PublicKey(stored.getString("author")),
                Instant.ofEpochMilli(stored.getLong("asked")),
                Optional.ofNullable(stored.getLong(ENDS)).map(Instant::ofEpochMilli),
                Instant.ofEpochMilli(stored.getLong(NEXT)),
                stored.getList(TOLD, Long.class));
    }
}
