package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Digests;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Digests] on MongoDB: a document per person who wants any, and one per answer that is still to be told, called by a
/// digest of it.
final class MongoDigests implements Digests {
    static final List<Index> INDEXES = List.of(Index.of("digests", "due"), Index.of("digestAnswers", "person", "at"));

    private final Documents wishes;
    private final Documents answers;

    MongoDigests(MongoDatabase database) {
        wishes = new Documents(database, "digests");
        answers = new Documents(database, "digestAnswers");
    }

    @Override
    public void put(Wish wish) {
        wishes.put(Row.of(wish.person().key())
                .append("rhythm", wish.rhythm().name())
                .append("since", Row.write(wish.since()))
                .append("due", Row.write(wish.due())));
    }

    @Override
    public Optional<Wish> find(NativeId person) {
        return wishes.byId(person.key()).map(MongoDigests::wish);
    }

    @Override
    public boolean areWanted() {
        return wishes.exists(new Document());
    }

    private static Wish wish(Row row) {
        return new Wish(NativeId.parse(row.id()), Rhythm.valueOf(row.text("rhythm")), row.time("since"));
    }

    @Override
    public void remove(NativeId person) {
        wishes.delete(eq("_id", person.key()));
        answers.delete(eq("person", person.key()));
    }

    @Override
    public List<Wish> due(Instant now, int limit) {
        return wishes.list(lte("due", Row.write(now)), ascending("due", "_id"), limit).stream()
                .map(MongoDigests::wish)
                .toList();
    }

    @Override
    public void count(NativeId person, NativeId copy, NativeId answer, Instant at) {
        answers.insert(Row.of(digest(person, answer))
                .append("person", person.key())
                .append("copy", copy.key())
                .append("at", Row.write(at)));
    }

    @Override
    public long waiting(NativeId person, int limit) {
        return answers.count(eq("person", person.key()), limit);
    }

    @Override
    public List<Tally> counted(NativeId person, Instant until) {
        Map<NativeId, Long> counted = new HashMap<>();
        answers.each(until(person, until), row -> counted.merge(row.nativeId("copy"), 1L, Long::sum));
        return counted.entrySet().stream()
                .map(copy -> new Tally(copy.getKey(), copy.getValue()))
                .sorted(Comparator.comparing(Tally::answers).reversed().thenComparing(Tally::copy))
                .toList();
    }

    @Override
    public void clear(NativeId person, Instant until) {
        answers.delete(until(person, until));
    }

    private static Bson until(NativeId person, Instant until) {
        return and(eq("person", person.key()), lte("at", Row.write(until)));
    }

    private static String digest(NativeId person, NativeId answer) {
        return MongoNotices.digest("answer\n" + person.key() + "\n" + answer.key());
    }
}
