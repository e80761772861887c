package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.addEachToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.port.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.conversions.Bson;

/// [Ledger] on MongoDB: a document per original, which becomes its tombstone, and one per copy.
final class MongoLedger implements Ledger {
    static final List<Index> INDEXES =
            List.of(Index.unique("copies", "original", "network"), Index.of("copies", "author", "network", "original"));

    private final Documents originals;
    private final Documents copies;

    MongoLedger(MongoDatabase database) {
        originals = new Documents(database, "originals");
        copies = new Documents(database, "copies");
    }

    @Override
    public void recordOriginal(Original original) {
        originals.upsert(
                alive(original.ref().id()),
                combine(
                        set(Row.VERSION, Row.LAYOUT),
                        set("author", original.author().key()),
                        set("at", Row.write(original.at())),
                        setOrUnset("version", original.ref().version()),
                        setOrUnset("root", original.root().map(r -> r.id().key())),
                        setOrUnset("rootVersion", original.root().flatMap(ObjectRef::version))));
    }

    private static Bson setOrUnset(String field, Optional<String> value) {
        return value.map(v -> set(field, v)).orElseGet(() -> unset(field));
    }

    private static Bson alive(NativeId original) {
        return and(eq("_id", original.key()), exists("gone", false));
    }

    @Override
    public Optional<Original> original(NativeId id) {
        return originals
                .byId(id.key())
                .filter(row -> row.optionalText("gone").isEmpty())
                .map(MongoLedger::original);
    }

    private static Original original(Row row) {
        return new Original(
                row.ref("_id", "version"),
                row.nativeId("author"),
                row.optionalText("root").map(r -> row.ref("root", "rootVersion")),
                row.time("at"));
    }

    @Override
    public void recordCopy(Copy copy) {
        boolean stored = copies.upsert(
                and(
                        eq("_id", copy.ref().id().key()),
                        eq("original", copy.original().key())),
                combine(
                        set(Row.VERSION, Row.LAYOUT),
                        setOrUnset("version", copy.ref().version()),
                        addEachToSet(
                                "destinations",
                                copy.destinations().stream()
                                        .map(Destination::key)
                                        .sorted()
                                        .toList()),
                        setOnInsert("network", copy.network().name()),
                        setOnInsert("author", copy.author().key()),
                        setOnInsert("at", Row.write(copy.at()))));
        if (!stored) {
            throw twice(copy);
        }
    }

    private IllegalStateException twice(Copy copy) {
        return byCopy(copy.ref().id())
                .map(c -> new IllegalStateException(c.ref().id() + " is already a copy of " + c.original()))
                .orElseGet(() -> new IllegalStateException(copy.original() + " already has the copy "
                        + copy(copy.original(), copy.network()).map(c -> c.ref().id())));
    }

    @Override
    public Optional<Copy> copy(NativeId original, Network network) {
        return copies.first(and(eq("original", original.key()), eq("network", network.name())))
                .map(MongoLedger::copy);
    }

    @Override
    public Optional<Copy> byCopy(NativeId copy) {
        return copies.byId(copy.key()).map(MongoLedger::copy);
    }

    @Override
    public List<Copy> copiesOf(NativeId original) {
        return copies.list(eq("original", original.key()), ascending("_id"), 0).stream()
                .map(MongoLedger::copy)
                .toList();
    }

    @Override
    public List<Copy> copiesBy(NativeId author, Network network, Optional<NativeId> after, int limit) {
        Bson theirs = and(eq("author", author.key()), eq("network", network.name()));
        Bson page = after.map(a -> and(theirs, gt("original", a.key()))).orElse(theirs);
        return copies.list(page, ascending("original"), limit).stream()
                .map(MongoLedger::copy)
                .toList();
    }

    private static Copy copy(Row row) {
        return new Copy(
                row.nativeId("original"),
                row.nativeId("author"),
                row.ref("_id", "version"),
                row.texts("destinations").stream().map(Row::destination).collect(Collectors.toSet()),
                row.time("at"));
    }

    @Override
    public void forgetCopy(NativeId copy) {
        copies.delete(eq("_id", copy.key()));
    }

    @Override
    public void tombstone(NativeId original, Instant at) {
        originals.upsert(
                alive(original),
                combine(
                        set(Row.VERSION, Row.LAYOUT),
                        set("gone", Row.write(at)),
                        unset("author"),
                        unset("at"),
                        unset("version"),
                        unset("root"),
                        unset("rootVersion")));
    }

    @Override
    public boolean tombstoned(NativeId original) {
        return originals.exists(and(eq("_id", original.key()), exists("gone")));
    }
}
