package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.port.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;

/// [Rules] on MongoDB: a document per rule, under its id. What a list says now is written before what it no longer says
/// goes, so that a crash in between leaves too many rules and not too few.
final class MongoRules implements Rules {
    static final List<Index> INDEXES = List.of(Index.of("rules", "source"), Index.of("rules", "until"));

    private static final int AT_ONCE = 500;
    private static final int NO_LIMIT = 0;

    private final Documents rules;
    private final Documents subscriptions;

    MongoRules(MongoDatabase database) {
        rules = new Documents(database, "rules");
        subscriptions = new Documents(database, "ruleLists");
    }

    @Override
    public void put(Rule rule) {
        Document document = Row.of(rule.id())
                .append("kind", rule.subject().kind().name())
                .append("value", rule.subject().value())
                .append("effect", rule.effect().name())
                .append("reason", rule.reason())
                .append("source", rule.source())
                .append("since", Row.write(rule.since()));
        rule.until().ifPresent(until -> document.append("until", Row.write(until)));
        rules.put(document);
    }

    @Override
    public boolean remove(Subject subject, String source) {
        return rules.delete(and(eq("source", source), eq("kind", subject.kind().name()), eq("value", subject.value())))
                > 0;
    }

    @Override
    public boolean replace(String source, Collection<Rule> given) {
        if (given.stream().anyMatch(rule -> !rule.source().equals(source))) {
            throw new IllegalArgumentException("a rule of another source than " + source);
        }
        Set<String> gone = new HashSet<>();
        Set<Rule> there = new HashSet<>();
        rules.each(eq("source", source), row -> {
            gone.add(row.id());
            there.add(rule(row));
        });
        List<Rule> fresh = given.stream().filter(rule -> !there.contains(rule)).toList();
        fresh.forEach(this::put);
        given.forEach(rule -> gone.remove(rule.id()));
        List<String> ids = new ArrayList<>(gone);
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            rules.delete(in("_id", ids.subList(from, Math.min(ids.size(), from + AT_ONCE))));
        }
        return !fresh.isEmpty() || !ids.isEmpty();
    }

    @Override
    public List<Rule> all() {
        return rules.list(new Document(), ascending("_id"), NO_LIMIT).stream()
                .map(MongoRules::rule)
                .toList();
    }

    @Override
    public void removeEnded(Instant now) {
        rules.delete(lte("until", Row.write(now)));
    }

    private static Rule rule(Row row) {
        return new Rule(
                new Subject(Subject.Kind.valueOf(row.text("kind")), row.text("value")),
                Effect.valueOf(row.text("effect")),
                row.text("reason"),
                row.text("source"),
                row.time("since"),
                row.optionalText("until").map(Instant::parse));
    }

    @Override
    public void subscribe(Subscription subscription) {
        subscriptions.put(Row.of(subscription.address())
                .append("effect", subscription.effect().name())
                .append("since", Row.write(subscription.since()))
                .append("next", Row.write(subscription.next()))
                .append("failures", subscription.failures())
                .append("entries", subscription.entries())
                .append("trouble", subscription.trouble()));
    }

    @Override
    public boolean unsubscribe(String address) {
        return subscriptions.delete(eq("_id", address)) > 0;
    }

    @Override
    public Optional<Subscription> subscription(String address) {
        return subscriptions.byId(address).map(MongoRules::subscription);
    }

    @Override
    public List<Subscription> subscriptions() {
        return subscriptions.list(new Document(), ascending("_id"), NO_LIMIT).stream()
                .map(MongoRules::subscription)
                .toList();
    }

    private static Subscription subscription(Row row) {
        return new Subscription(
                row.id(),
                Effect.valueOf(row.text("effect")),
                row.time("since"),
                row.time("next"),
                Math.toIntExact(row.number("failures")),
                Math.toIntExact(row.number("entries")),
                row.text("trouble"));
    }
}
