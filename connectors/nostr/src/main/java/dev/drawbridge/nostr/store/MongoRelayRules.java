package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.bson.Document;

/// [RelayRules] on MongoDB, one document each, all of them in memory too: every event is held against them. What an
/// operator decides through another instance is known here ten seconds later.
public final class MongoRelayRules implements RelayRules {
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final MongoCollection<Document> rules;
    private final LongSupplier nanos;
    private final Map<String, Rule> known = new HashMap<>();
    private boolean read;
    private long readAt;

    /// Creates the index that is missing.
    public MongoRelayRules(MongoDatabase database) {
        this(database, System::nanoTime);
    }

    /// @param nanos a clock that never jumps
    MongoRelayRules(MongoDatabase database, LongSupplier nanos) {
        this.nanos = nanos;
        rules = database.getCollection("nostr_relay_rules");
        rules.createIndex(Indexes.ascending("about", "subject"));
    }

    @Override
    public synchronized void put(Rule rule) {
        var document = new Document("_id", rule.key())
                .append("about", rule.about().name())
                .append("subject", rule.subject())
                .append("text", rule.text());
        rules.replaceOne(eq("_id", rule.key()), document, new ReplaceOptions().upsert(true));
        known.put(rule.key(), rule);
    }

    @Override
    public synchronized void remove(About about, String subject) {
        rules.deleteOne(eq("_id", Rule.key(about, subject)));
        known.remove(Rule.key(about, subject));
    }

    @Override
    public synchronized List<Rule> find(Collection<String> keys) {
        long now = nanos.getAsLong();
        if (!read || now - readAt >= FRESH_NANOS) {
            List<Rule> all = read(rules.find());
            known.clear();
            all.forEach(rule -> known.put(rule.key(), rule));
            readAt = now;
            read = true;
        }
        return keys.stream().distinct().map(known::get).filter(Objects::nonNull).toList();
    }

    @Override
    public List<Rule> all(About about, int most) {
        return read(rules.find(eq("about", about.name()))
                .sort(Sorts.ascending("subject"))
                .limit(most));
    }

    private static List<Rule> read(FindIterable<Document> documents) {
        List<Rule> found = new ArrayList<>();
        documents.forEach(d ->
                found.add(new Rule(About.valueOf(d.getString("about")), d.getString("subject"), d.getString("text"))));
        return found;
    }
}
