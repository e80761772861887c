package dev.drawbridge.atproto.store;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// One document of the collection `atproto_sequence`.
final class MongoSequenceCounter implements SequenceCounter {
    /// How many numbers were taken at once before that was written down.
    private static final int OLD_RESERVATION = 1000;

    private static final Bson COUNTER = Filters.eq("events");
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
    private final MongoCollection<Document> sequence;

    MongoSequenceCounter(MongoDatabase database) {
        sequence = database.getCollection("atproto_sequence");
    }

    @Override
    public Optional<Term> term() {
        return counter().filter(stored -> stored.containsKey("epoch")).map(MongoSequenceCounter::term);
    }

    @Override
    public boolean begin(Term next) {
        Bson change = Updates.combine(
                Updates.set("epoch", next.epoch()),
                Updates.set("host", next.holder().host()),
                Updates.set("pid", next.holder().pid()),
                Updates.set("started", next.holder().started()),
                Updates.set("until", Date.from(next.until())));
        Bson before = next.epoch() == 1
                ? Filters.and(COUNTER, Filters.exists("epoch", false))
                : Filters.and(COUNTER, Filters.eq("epoch", next.epoch() - 1));
        try {
            var result =
                    next.epoch() == 1 ? sequence.updateOne(before, change, UPSERT) : sequence.updateOne(before, change);
            return result.getMatchedCount() == 1 || result.getUpsertedId() != null;
        } catch (MongoWriteException e) {
            if (e.getError().getCode() == MongoCodes.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean extend(Term current, Instant until) {
        return sequence.updateOne(of(current), Updates.set("until", Date.from(until)))
                        .getMatchedCount()
                == 1;
    }

    @Override
    public Optional<Long> reserve(Term current, int count) {
        Document after = sequence.findOneAndUpdate(
                of(current),
                Updates.combine(Updates.inc("reserved", (long) count), Updates.set("reservation", count)),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        return Optional.ofNullable(after).map(found -> found.getLong("reserved") - count + 1);
    }

    @Override
    public Range lastReserved() {
        return counter()
                .map(stored -> {
                    long to = number(stored.getLong("reserved"));
                    long count = stored.getInteger("reservation", OLD_RESERVATION);
                    return new Range(Math.max(1, to - count + 1), to);
                })
                .orElseGet(() -> new Range(1, 0));
    }

    @Override
    public void raise(long seq) {
        sequence.updateOne(COUNTER, Updates.max("reserved", seq), UPSERT);
    }

    @Override
    public void announceFrom(String after) {
        sequence.updateOne(COUNTER, Updates.set("announcing", after), UPSERT);
    }

    @Override
    public Optional<String> announcing() {
        return counter().map(stored -> stored.getString("announcing"));
    }

    @Override
    public void announced() {
        sequence.updateOne(COUNTER, Updates.unset("announcing"));
    }

    private Optional<Document> counter() {
        return Optional.ofNullable(sequence.find(COUNTER).first());
    }

    private static Bson of(Term term) {
        return Filters.and(
                COUNTER,
                Filters.eq("epoch", term.epoch()),
                Filters.eq("pid", term.holder().pid()),
                Filters.eq("host", term.holder().host()));
    }

    private static Term term(Document stored) {
        Holder holder = new Holder(stored.getString("host"), stored.getLong("pid"), stored.getLong("started"));
        return new Term(stored.getLong("epoch"), holder, stored.getDate("until").toInstant());
    }

    private static long number(@Nullable Long stored) {
        return stored == null ? 0 : stored;
    }
}
