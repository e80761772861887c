package dev.drawbridge.mongo;

import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.Operators;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Operators] on MongoDB. There is one operator: the id of the document is the same for everybody, and the unique key
/// decides who was first.
final class MongoOperators implements Operators {
    static final List<Index> INDEXES = List.of(Index.of("deeds", "at"));

    private static final String FIRST = "first";
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
        return operators
                .byId(FIRST)
                .map(row -> new Operator(row.text("name"), row.text("password"), row.time("since")))
                .filter(operator -> operator.name().equals(name));
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
