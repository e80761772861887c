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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Operators] on MongoDB, in one document: its unique key decides who was first, and whoever changes it replaces the
/// revision that they read, so that of all of them together the last stays and no two are called the same. The first
/// stands in it as older versions had the only one, and the others beside them.
final class MongoOperators implements Operators {
    static final List<Index> INDEXES = List.of(Index.of("deeds", "at"), MongoBrought.INDEX);

    private static final String FIRST = "first";
    /// Documents of older versions have none until they are changed.
    private static final String REVISION = "revision";
    private static final String OTHERS = "others";
    private static final String REMOVALS = "removals";
    private static final Bson NEWEST_FIRST = orderBy(descending("at"), descending("_id"));

    private final Documents operators;
    private final Documents deeds;
    private final MongoBrought brought;

    MongoOperators(MongoDatabase database) {
        operators = new Documents(database, "operators");
        deeds = new Documents(database, "deeds");
        brought = new MongoBrought(database);
    }

    @Override
    public boolean first(Operator operator) {
        Document document = Row.of(FIRST);
        document.putAll(document(operator));
        return operators.insert(document);
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
        return operators.byId(FIRST).map(MongoOperators::all).orElse(List.of()).stream()
                .sorted(Comparator.comparing(Operator::name))
                .toList();
    }

    @Override
    public boolean change(String name, Function<Operator, Optional<Operator>> change) {
        return replace(before -> {
            Optional<Operator> changed = before.operators().stream()
                    .filter(operator -> operator.name().equals(name))
                    .findFirst()
                    .flatMap(change)
                    .filter(operator -> operator.name().equals(name));
            return changed.map(now -> before.with(before.operators().stream()
                    .map(operator -> operator.name().equals(name) ? now : operator)
                    .toList()));
        });
    }

    @Override
    public boolean add(Operator operator, long removals) {
        return replace(before -> before.removals() != removals
                        || before.operators().stream()
                                .anyMatch(one -> one.name().equals(operator.name()))
                ? Optional.empty()
                : Optional.of(before.with(Stream.concat(before.operators().stream(), Stream.of(operator))
                        .toList())));
    }

    @Override
    public boolean remove(String name) {
        return replace(before -> {
            List<Operator> left = before.operators().stream()
                    .filter(operator -> !operator.name().equals(name))
                    .toList();
            return left.isEmpty() || left.size() == before.operators().size()
                    ? Optional.empty()
                    : Optional.of(new State(left, before.removals() + 1));
        });
    }

    @Override
    public long removals() {
        return operators.byId(FIRST).map(MongoOperators::removals).orElse(0L);
    }

    private static long removals(Row row) {
        return row.number(REMOVALS, 0L);
    }

    /// What the document says.
    private record State(List<Operator> operators, long removals) {
        State with(List<Operator> others) {
            return new State(others, removals);
        }
    }

    /// @param change asked again if somebody was faster; never leaves nobody
    private boolean replace(Function<State, Optional<State>> change) {
        while (true) {
            Optional<Row> stored = operators.byId(FIRST);
            Optional<State> changed =
                    stored.map(row -> new State(all(row), removals(row))).flatMap(change);
            if (changed.isEmpty()) {
                return false;
            }
            Optional<Long> revision = stored.get().optionalNumber(REVISION);
            Bson same = revision.map(r -> eq(REVISION, r)).orElseGet(() -> exists(REVISION, false));
            if (operators.update(and(eq("_id", FIRST), same), said(changed.get(), revision.orElse(0L) + 1))) {
                return true;
            }
        }
    }

    private static Bson said(State state, long revision) {
        List<Operator> all = state.operators();
        List<Bson> fields = new ArrayList<>();
        fields.add(set(REMOVALS, state.removals()));
        document(all.getFirst()).forEach((field, value) -> fields.add(set(field, value)));
        fields.add(
                set(OTHERS, all.stream().skip(1).map(MongoOperators::document).toList()));
        fields.add(set(REVISION, revision));
        return combine(fields);
    }

    private static List<Operator> all(Row row) {
        return Stream.concat(Stream.of(row), row.childrenOrNone(OTHERS).stream())
                .map(MongoOperators::operator)
                .toList();
    }

    private static Operator operator(Row row) {
        return new Operator(
                row.text("name"),
                row.text("password"),
                row.time("since"),
                row.childrenOrNone("passkeys").stream()
                        .map(MongoOperators::passkey)
                        .toList(),
                row.flag("passwordOff", false),
                row.number("epoch", row.time("since").toEpochMilli()));
    }

    private static Document document(Operator operator) {
        return new Document("name", operator.name())
                .append("password", operator.password())
                .append("since", Row.write(operator.since()))
                .append(
                        "passkeys",
                        operator.passkeys().stream()
                                .map(MongoOperators::document)
                                .toList())
                .append("passwordOff", operator.passwordOff())
                .append("epoch", operator.epoch());
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
    public void came(String who, Instant at, Instant forget) {
        brought.came(who, at, forget);
    }

    @Override
    public boolean end(String whose, Instant until, Instant forget) {
        return brought.end(whose, until, forget);
    }

    @Override
    public Map<String, Instant> ended(Set<String> whose) {
        return brought.ended(whose);
    }

    @Override
    public boolean once(String word, Instant forget) {
        return brought.once(word, forget);
    }

    @Override
    public boolean said(String word) {
        return brought.said(word);
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
