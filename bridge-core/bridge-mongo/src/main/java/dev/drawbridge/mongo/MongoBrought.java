package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/// Whom a provider brought lately, and until when their sessions are over: a document for each person, session
/// and word, until none of them matters any more. What is too old goes when something new comes.
final class MongoBrought {
    static final Index INDEX = Index.of("brought", "forget");

    private static final String ID = "_id";
    private static final String UNTIL = "until";
    private static final String CAME = "came";
    private static final String FORGET = "forget";
    /// Before a word: no person is called so.
    private static final String ONCE = "once ";

    private final Documents brought;

    MongoBrought(MongoDatabase database) {
        brought = new Documents(database, "brought");
    }

    void came(String who, Instant at, Instant forget) {
        brought.delete(lt(FORGET, Row.write(at)));
        brought.upsert(eq(ID, who), combine(set(CAME, Row.write(at)), set(FORGET, Row.write(forget))));
    }

    boolean end(String whose, Instant until, Instant forget) {
        String time = Row.write(until);
        var later = or(exists(UNTIL, false), lt(UNTIL, time));
        // Whoever said a later time keeps it, and the document outlives both.
        brought.upsert(and(eq(ID, whose), later), combine(set(UNTIL, time), set(FORGET, Row.write(forget))));
        return brought.exists(and(eq(ID, whose), exists(CAME)));
    }

    Map<String, Instant> ended(Set<String> whose) {
        var found = new HashMap<String, Instant>();
        brought.list(and(in(ID, whose), exists(UNTIL)), new Document(), whose.size())
                .forEach(row -> found.put(row.id(), row.time(UNTIL)));
        return found;
    }

    boolean once(String word, Instant forget) {
        return brought.insert(Row.of(ONCE + word).append(FORGET, Row.write(forget)));
    }

    boolean said(String word) {
        return brought.exists(eq(ID, ONCE + word));
    }
}
