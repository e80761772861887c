package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.Operators;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Operators] on MongoDB. There is one operator: the id of the document is the same for everybody, and the unique key
/// decides who was first. Whoever changes it replaces the revision that they read.
final class MongoOperators implements Operators {
    static final List<Index> INDEXES = List.of(Index.of("deeds", "at"));

    private static final String FIRST = "first";
    /// Documents of older versions have none until they are changed.
    private static final String REVISION = "revision";
    private static final Bson NEWEST_FIRST = orderBy(descending("at"), descending("_id"));

    private final Documents operators;
    private final Documents deeds;

    MongoOperators(MongoDatabase database) {
        operators = new Documents(database, "operators");
        deeds = new Documents(database, "deeds");
    }

    @Override
    public boolean first(Operator operator) {
        return operators.insert(Row.of(FIRST)
                .append("name", operator.name())
                .append("password", operator.password())
                .append("since", Row.write(operator.since())));
    }

    @Override
    public boolean any() {
        return operators.byId(FIRST).isPresent();
    }

    @Override
    public Optional<Operator> find(String name) {
        return all().stream().filter(operator -> operator.name().equals(name)).findFirst();
    }

    @Override
    public List<Operator> all() {
        return operators.byId(FIRST).map(MongoOperators::operator).stream().toList();
    }

    @Override
    public boolean change(String name, Function<Operator, Optional<Operator>> change) {
        while (true) {
            Optional<Row> stored = operators.byId(FIRST);
            Optional<Operator> changed = stored.map(MongoOperators::operator)
                    .filter(operator -> operator.name().equals(name))
                    .flatMap(change)
                    .filter(operator -> operator.name().equals(name));
            if (changed.isEmpty()) {
                return false;
            }
            if (replace(stored.get().optionalNumber(REVISION), changed.get())) {
                return true;
            }
        }
    }

    /// @return false if somebody was faster
    private boolean replace(Optional<Long> revision, Operator operator) {
        Bson same = revision.map(r -> eq(REVISION, r)).orElseGet(() -> exists(REVISION, false));
        return operators.update(
                and(eq("_id", FIRST), same),
                combine(
                        set("password", operator.password()),
                        set(
                                "passkeys",
                                operator.passkeys().stream()
                                        .map(MongoOperators::document)
                                        .toList()),
                        set("passwordOff", operator.passwordOff()),
                        set(REVISION, revision.orElse(0L) + 1)));
    }

    private static Operator operator(Row row) {
        return new Operator(
                row.text("name"),
                row.text("password"),
                row.time("since"),
                row.childrenOrNone("passkeys").stream()
                        .map(MongoOperators::passkey)
                        .toList(),
                row.flag("passwordOff", false));
    }

    private static Document document(Passkey passkey) {
        var document = new Document("id", passkey.id())
                .append("name", passkey.name())
                .append("credential", passkey.credential())
                .append("counter", passkey.counter())
                .append("syncable", passkey.syncable())
                .append("since", Row.write(passkey.since()));
        passkey.used().ifPresent(used -> document.append("used", Row.write(used)));
        return document;
    }

    private static Passkey passkey(Row row) {
        return new Passkey(
                row.text("id"),
                row.text("name"),
                row.text("credential"),
                row.number("counter"),
                row.flag("syncable"),
                row.time("since"),
                row.optionalText("used").map(Instant::parse));
    }

    @Override
    public void note(Deed deed) {
        // Two deeds of one moment are two.
        deeds.insert(Row.of(Row.key(Row.write(deed.at()), UUID.randomUUID().toString()))
                .append("who", deed.who())
                .append("what", deed.what())
                .append("about", deed.about())
                .append("at", Row.write(deed.at())));
    }

    @Override
    public List<Deed> deeds(int limit) {
        return deeds.list(new Document(), NEWEST_FIRST, limit).stream()
                .map(row -> new Deed(row.time("at"), row.text("who"), row.text("what"), row.text("about")))
                .toList();
    }
}
