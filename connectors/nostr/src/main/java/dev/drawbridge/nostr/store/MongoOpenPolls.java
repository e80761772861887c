package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
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
    private static final String AUTHOR = "author";
    private static final String FEWER = "fewer";

    private static final String CLOSED_AT = "closed";

    private final MongoCollection<Document> polls;

    /// Creates the indexes that are missing.
    public MongoOpenPolls(MongoDatabase database) {
        polls = database.getCollection("nostr_open_polls");
        polls.createIndex(Indexes.ascending(NEXT));
        polls.createIndex(Indexes.ascending(AUTHOR));
        polls.createIndex(Indexes.ascending(CLOSED_AT));
    }

    @Override
    public void open(OpenPoll poll) {
        Bson ofOne = and(eq(AUTHOR, poll.author().hex()), exists(NEXT));
        if (polls.countDocuments(ofOne, new CountOptions().limit(MOST_OF_ONE)) == MOST_OF_ONE) {
            return;
        }
        List<Bson> fields = new ArrayList<>(List.of(
                Updates.setOnInsert(AUTHOR, poll.author().hex()),
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
        return polls.updateOne(asItWas(poll), Updates.set(NEXT, next.toEpochMilli()))
                        .getMatchedCount()
                == 1;
    }

    private static Bson asItWas(OpenPoll poll) {
        return and(eq("_id", poll.id().hex()), eq(NEXT, poll.next().toEpochMilli()));
    }

    @Override
    public void told(OpenPoll poll, List<Long> counts, Optional<Instant> fewerSince) {
        Bson fewer = fewerSince
                .map(since -> Updates.set(FEWER, since.toEpochMilli()))
                .orElseGet(() -> Updates.unset(FEWER));
        polls.updateOne(asItWas(poll), Updates.combine(Updates.set(TOLD, counts), fewer));
    }

    @Override
    public void close(OpenPoll poll, Instant now) {
        polls.updateOne(
                asItWas(poll),
                Updates.combine(
                        Updates.unset(NEXT), Updates.unset(AUTHOR), Updates.set(CLOSED_AT, now.toEpochMilli())));
        polls.deleteMany(lt(CLOSED_AT, now.minus(CLOSED).toEpochMilli()));
    }

    @Override
    public void forget(EventId id) {
        polls.deleteOne(eq("_id", id.hex()));
    }

    private static OpenPoll poll(Document stored) {
        return new OpenPoll(
                new EventId(stored.getString("_id")),
                new PublicKey(stored.getString(AUTHOR)),
                Instant.ofEpochMilli(stored.getLong("asked")),
                Optional.ofNullable(stored.getLong(ENDS)).map(Instant::ofEpochMilli),
                Instant.ofEpochMilli(stored.getLong(NEXT)),
                stored.getList(TOLD, Long.class),
                Optional.ofNullable(stored.getLong(FEWER)).map(Instant::ofEpochMilli));
    }
}
