package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.addEachToSet;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pull;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.conversions.Bson;

/// [Ledger] on MongoDB: a document per original, which becomes its tombstone, one per copy under (original,
/// network), and one per id a copy ever had, which names it. Every look-up on the way of an item is by `_id`.
final class MongoLedger implements Ledger {
    static final List<Index> INDEXES =
            List.of(Index.of("copies", "original"), Index.of("copies", "author", "network", "original"));

    private final Documents originals;
    private final Documents copies;
    private final Documents ids;

    MongoLedger(MongoDatabase database) {
        originals = new Documents(database, "originals");
        copies = new Documents(database, "copies");
        ids = new Documents(database, "copyIds");
    }

    @Override
    public void recordOriginal(Original original) {
        originals.upsert(
                alive(original.ref().id(), original.author()),
                combine(
                        set(Row.VERSION, Row.LAYOUT),
                        set("author", original.author().key()),
                        set("at", Row.write(original.at())),
                        setOrUnset("version", original.ref().version()),
                        setOrUnset("root", original.root().map(r -> r.id().key())),
                        setOrUnset("rootVersion", original.root().flatMap(ObjectRef::version)),
                        original.interactions()
                                .map(terms -> set("interactions", Terms.write(terms)))
                                .orElse(unset("interactions")),
                        setOrUnset(
                                "mentioned",
                                original.mentioned().stream()
                                        .map(NativeId::key)
                                        .sorted()
                                        .toList()),
                        setOrUnset("options", original.options()),
                        setOrUnset("plannedOn", names(original.plannedOn())),
                        setOrUnset("editedOn", names(original.editedOn()))));
    }

    private static List<String> names(Set<Network> networks) {
        return networks.stream().map(Network::name).sorted().toList();
    }

    private static Set<Network> networks(List<String> names) {
        return names.stream().map(Network::new).collect(Collectors.toSet());
    }

    private static Bson setOrUnset(String field, Optional<String> value) {
        return value.map(v -> set(field, v)).orElseGet(() -> unset(field));
    }

    private static Bson setOrUnset(String field, List<String> values) {
        return values.isEmpty() ? unset(field) : set(field, values);
    }

    private static Bson alive(NativeId original, NativeId author) {
        return and(eq("_id", original.key()), ne("goneBy", author.key()));
    }

    @Override
    public Optional<Original> original(NativeId id) {
        return originals
                .byId(id.key())
                .filter(row -> row.optionalText("author")
                        .filter(a -> !row.textsOrNone("goneBy").contains(a))
                        .isPresent())
                .map(MongoLedger::original);
    }

    private static Original original(Row row) {
        return new Original(
                row.ref("_id", "version"),
                row.nativeId("author"),
                row.optionalText("root").map(r -> row.ref("root", "rootVersion")),
                row.time("at"),
                row.optionalChild("interactions").map(Terms::read),
                row.textsOrNone("mentioned").stream().map(NativeId::parse).collect(Collectors.toSet()),
                row.textsOrNone("options"),
                networks(row.textsOrNone("plannedOn")),
                networks(row.textsOrNone("editedOn")));
    }

    @Override
    public void recordCopy(Copy copy) {
        String key = key(copy.original(), copy.network());
        claim(copy.ref().id(), key);
        copy.parts().forEach(part -> claim(part, key));
        // What comes of it is the same however often, and however many do it at once.
        while (!put(copy, key) && !renew(copy, key)) {
            Thread.onSpinWait();
        }
    }

    /// Not waited for: the copy itself is written next and takes it along to the disk.
    private void claim(NativeId id, String key) {
        boolean claimed = ids.unsynced()
                .upsert(
                        and(eq("_id", id.key()), eq("copy", key)),
                        combine(set(Row.VERSION, Row.LAYOUT), setOnInsert("copy", key)));
        if (!claimed) {
            throw new IllegalStateException(id + " is already a copy of something else");
        }
    }

    /// Stores a copy that is new, or adds to one that has the same id; the usual cases, in one write.
    ///
    /// @return false if the copy has another id now
    private boolean put(Copy copy, String key) {
        String id = copy.ref().id().key();
        var change = new ArrayList<Bson>(List.of(
                setOnInsert(Row.VERSION, Row.LAYOUT),
                setOnInsert("original", copy.original().key()),
                setOnInsert("network", copy.network().name()),
                setOnInsert("author", copy.author().key()),
                setOnInsert("at", Row.write(copy.at())),
                addToSet("ids", id),
                places(copy)));
        parts(copy).ifPresent(change::add);
        copy.ref().version().ifPresent(version -> change.add(set("version", version)));
        return copies.upsert(and(eq("_id", key), eq("id", id)), combine(change));
    }

    private static Bson places(Copy copy) {
        return copy.destinations().isEmpty()
                ? setOnInsert("destinations", List.of())
                : addEachToSet("destinations", keys(copy.destinations()));
    }

    private static Optional<Bson> parts(Copy copy) {
        List<String> keys = copy.parts().stream().map(NativeId::key).sorted().toList();
        return keys.isEmpty() ? Optional.empty() : Optional.of(addEachToSet("parts", keys));
    }

    /// Gives a copy a new id, unless it is one it had before.
    ///
    /// @return false if the copy is not there any more
    private boolean renew(Copy copy, String key) {
        String id = copy.ref().id().key();
        Bson destinations = addEachToSet("destinations", keys(copy.destinations()));
        Bson places = parts(copy).map(parts -> combine(destinations, parts)).orElse(destinations);
        boolean formerId = copies.update(and(eq("_id", key), eq("ids", id)), places);
        return formerId
                || copies.update(
                        eq("_id", key),
                        combine(
                                places,
                                set("id", id),
                                addToSet("ids", id),
                                setOrUnset("version", copy.ref().version())));
    }

    private static List<String> keys(Set<Destination> destinations) {
        return destinations.stream().map(Destination::key).sorted().toList();
    }

    private static String key(NativeId original, Network network) {
        return Row.key(network.name(), original.key());
    }

    @Override
    public Optional<Copy> copy(NativeId original, Network network) {
        return copies.byId(key(original, network)).map(MongoLedger::copy);
    }

    @Override
    public Optional<Copy> byCopy(NativeId copy) {
        return ids.byId(copy.key())
                .flatMap(row -> copies.byId(row.text("copy")))
                .map(MongoLedger::copy);
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
                row.ref("id", "version"),
                row.texts("destinations").stream().map(Row::destination).collect(Collectors.toSet()),
                row.time("at"),
                row.textsOrNone("parts").stream().map(NativeId::parse).collect(Collectors.toSet()));
    }

    @Override
    public void takenBack(NativeId copy, Destination destination) {
        ids.byId(copy.key()).map(row -> row.text("copy")).ifPresent(key -> {
            copies.update(eq("_id", key), pull("destinations", destination.key()));
            copies.take(and(eq("_id", key), size("destinations", 0)))
                    .ifPresent(gone -> Stream.concat(gone.texts("ids").stream(), gone.textsOrNone("parts").stream())
                            .forEach(id -> ids.delete(eq("_id", id))));
        });
    }

    @Override
    public void tombstone(NativeId original, NativeId author, Instant at) {
        // First nothing can be stored any more, then what is stored goes.
        originals.upsert(
                eq("_id", original.key()),
                combine(
                        set(Row.VERSION, Row.LAYOUT),
                        addToSet("goneBy", author.key()),
                        setOnInsert("gone", Row.write(at))));
        originals.update(
                and(eq("_id", original.key()), eq("author", author.key())),
                combine(
                        unset("author"),
                        unset("at"),
                        unset("version"),
                        unset("root"),
                        unset("rootVersion"),
                        unset("interactions"),
                        unset("mentioned"),
                        unset("options"),
                        unset("plannedOn"),
                        unset("editedOn")));
    }

    @Override
    public boolean tombstoned(NativeId original, NativeId author) {
        return originals.exists(and(eq("_id", original.key()), eq("goneBy", author.key())));
    }
}
