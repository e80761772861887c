package dev.drawbridge.mongo;

import static com.mongodb.client.model.Accumulators.first;
import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.sort;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.port.Parking;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Parking] on MongoDB: a document per delivery, which is the truth, and one per key with its time.
///
/// The two are written one after the other. A key's document is looked at again after a delivery came or went, so that
/// whatever crashes or races in between, a delivery never waits behind a key without a time for longer than until the
/// next start ([#repair()]).
final class MongoParking implements Parking {
    static final List<Index> INDEXES = List.of(
            Index.of("parked", "key", "sequence"), Index.of("parked", "subject"), Index.of("parkedKeys", "next"));

    private static final Bson IN_ORDER = ascending("sequence", "_id");
    private static final Bson LAST_FIRST = descending("sequence", "_id");

    private final Documents items;
    private final Documents keys;
    private final DeliveryFormat format;

    MongoParking(MongoDatabase database, DeliveryFormat format) {
        this.items = new Documents(database, "parked");
        this.keys = new Documents(database, "parkedKeys");
        this.format = format;
    }

    /// Gives every key that holds something a time again, if a crash took it.
    void repair() {
        items.distinct("key", new Document()).forEach(this::keepTime);
    }

    @Override
    public void park(Delivery delivery, String key, String subject, String reason, Instant now, Instant next) {
        Optional<Row> first = items.byId(delivery.id());
        if (first.isEmpty()) {
            items.insert(Row.of(delivery.id())
                    .append("key", key)
                    .append("sequence", nextOf(key))
                    .append("subject", subject)
                    .append("reason", reason)
                    .append("since", Row.write(now))
                    .append("next", Row.write(next))
                    .append("delivery", format.write(delivery)));
        }
        keepTime(first.map(row -> row.text("key")).orElse(key));
    }

    private long nextOf(String key) {
        return items.first(eq("key", key), LAST_FIRST)
                        .map(row -> row.number("sequence"))
                        .orElse(0L)
                + 1;
    }

    @Override
    public void move(Parked parked, String key, String reason, Instant next) {
        // The key has its time first: what is moved there and ends there is looked at whatever happens in between.
        keys.upsert(
                eq("_id", key),
                combine(
                        setOnInsert(Row.VERSION, Row.LAYOUT),
                        setOnInsert("next", Row.write(next)),
                        setOnInsert("since", Row.write(parked.since()))));
        items.update(
                eq("_id", parked.delivery().id()),
                combine(
                        set("key", key),
                        set("sequence", nextOf(key)),
                        set("reason", reason),
                        set("next", Row.write(next))));
        for (String either : List.of(key, parked.key())) {
            if (holdsKey(either)) {
                keepTime(either);
            } else {
                dropKey(either);
            }
        }
    }

    /// Gives `key` the time of its head unless it has one. Does nothing for a key that holds nothing.
    private void keepTime(String key) {
        firstOf(key)
                .ifPresent(head -> keys.upsert(
                        eq("_id", key),
                        combine(
                                setOnInsert(Row.VERSION, Row.LAYOUT),
                                setOnInsert("next", head.text("next")),
                                setOnInsert("since", head.text("since")))));
    }

    private Optional<Row> firstOf(String key) {
        return items.first(eq("key", key), IN_ORDER);
    }

    @Override
    public boolean holdsKey(String key) {
        return items.exists(eq("key", key));
    }

    @Override
    public Set<String> holding(Set<String> keys) {
        return keys.isEmpty() ? Set.of() : Set.copyOf(items.distinct("key", in("key", keys)));
    }

    @Override
    public Optional<String> keyOfSubject(String subject) {
        return items.first(eq("subject", subject)).map(row -> row.text("key"));
    }

    @Override
    public List<Queue> due(Instant now, int limit) {
        return keys.list(lte("next", Row.write(now)), ascending("since", "_id"), limit).stream()
                .flatMap(key -> queue(key.id()).stream())
                .toList();
    }

    private Optional<Queue> queue(String key) {
        Optional<Parked> head = head(key);
        if (head.isEmpty()) {
            dropKey(key);
            return Optional.empty();
        }
        return keys.byId(key)
                .map(row -> new Queue(
                        key,
                        items.count(eq("key", key)),
                        head.get().reason(),
                        head.get().attempts(),
                        row.time("since"),
                        row.time("next")));
    }

    @Override
    public Optional<Parked> head(String key) {
        return firstOf(key).map(item -> {
            Optional<Row> tried = keys.byId(key)
                    .filter(k ->
                            k.optionalText("tried").filter(item.id()::equals).isPresent());
            return new Parked(
                    format.read(item.text("delivery")),
                    key,
                    item.text("subject"),
                    tried.map(k -> k.text("reason")).orElseGet(() -> item.text("reason")),
                    tried.map(k -> Math.toIntExact(k.number("attempts"))).orElse(0),
                    item.time("since"),
                    item.number("sequence"));
        });
    }

    @Override
    public void remove(String deliveryId) {
        items.take(eq("_id", deliveryId)).map(row -> row.text("key")).ifPresent(key -> {
            if (!holdsKey(key)) {
                dropKey(key);
            }
        });
    }

    /// Forgets the time of a key that holds nothing, and gives it back if something was parked meanwhile.
    private void dropKey(String key) {
        keys.delete(eq("_id", key));
        keepTime(key);
    }

    @Override
    public void postpone(String key, String reason, Instant next) {
        firstOf(key).ifPresent(head -> {
            Bson due = combine(set("next", Row.write(next)), set("reason", reason));
            // The count belongs to one delivery: that of the next one starts anew.
            if (!keys.update(and(eq("_id", key), eq("tried", head.id())), combine(due, inc("attempts", 1)))) {
                keys.update(eq("_id", key), combine(due, set("tried", head.id()), set("attempts", 1)));
            }
        });
    }

    @Override
    public void release(String key, Instant now) {
        keys.update(and(eq("_id", key), gt("next", Row.write(now))), set("next", Row.write(now)));
    }

    @Override
    public long count() {
        return items.count(new Document());
    }

    /// Two questions, whatever the limit, and nothing is written. Of heads that came at the same moment any is shown.
    @Override
    public List<Queue> queues(int limit) {
        List<Row> longest = items
                .aggregate(List.of(
                        sort(ascending("key", "sequence")),
                        group("$key", sum("size", 1), first("head", "$_id"), first("reason", "$reason")),
                        sort(orderBy(descending("size"), ascending("_id"))),
                        limit(limit)))
                .stream()
                .map(Row::new)
                .toList();
        Map<String, Row> times = new HashMap<>();
        List<String> ids = longest.stream().map(Row::id).toList();
        keys.list(in("_id", ids), ascending("_id"), limit).forEach(key -> times.put(key.id(), key));
        return longest.stream()
                .flatMap(queue -> Optional.ofNullable(times.get(queue.id())).map(key -> shown(queue, key)).stream())
                .toList();
    }

    /// @param queue a key with its size and its head
    /// @param key the same with its time
    private static Queue shown(Row queue, Row key) {
        boolean tried = key.optionalText("tried").equals(queue.optionalText("head"));
        return new Queue(
                queue.id(),
                queue.number("size"),
                (tried ? key : queue).text("reason"),
                tried ? Math.toIntExact(key.number("attempts")) : 0,
                key.time("since"),
                key.time("next"));
    }
}
