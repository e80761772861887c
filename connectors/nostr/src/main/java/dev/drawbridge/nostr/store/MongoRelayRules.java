package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;

/// [RelayRules] on MongoDB, one document each, found by its key.
public final class MongoRelayRules implements RelayRules {
    private final MongoCollection<Document> rules;

    /// Creates the index that is missing.
    public MongoRelayRules(MongoDatabase database) {
        rules = database.getCollection("nostr_relay_rules");
        rules.createIndex(Indexes.ascending("about", "subject"));
    }

    @Override
    public void put(Rule rule) {
        var document = new Document("_id", rule.key())
                .append("about", rule.about().name())
                .append("subject", rule.subject())
                .append("text", rule.text());
        rules.replaceOne(eq("_id", rule.key()), document, new ReplaceOptions().upsert(true));
    }

    @Override
    public void remove(About about, String subject) {
        rules.deleteOne(eq("_id", Rule.key(about, subject)));
    }

    @Override
    public List<Rule> find(Collection<String> keys) {
        return keys.isEmpty() ? List.of() : read(rules.find(in("_id", keys)));
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
