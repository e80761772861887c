package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a query asks of single fields, as far as an index can answer it. Whatever is left out here, the server
/// checks on the documents it is given.
final class Conditions {
    /// Values between two keys of one field.
    ///
    /// @param from at least this
    /// @param to at most this
    record Bounds(Key from, Key to) {}

    private final Map<String, List<Object>> byField = new HashMap<>();

    Conditions(Document query) {
        collect(query);
    }

    private void collect(Document query) {
        query.forEach((field, asked) -> {
            if (field.equals("$and") && asked instanceof Collection<?> all) {
                all.forEach(part -> collect((Document) part));
            } else if (!field.startsWith("$") && asked != null) {
                byField.computeIfAbsent(field, f -> new ArrayList<>()).add(asked);
            }
        });
    }

    /// The value a field has to have.
    Optional<Key> equal(String field) {
        return operands(field, "$eq")
                .filter(Conditions::exact)
                .map(KeyWriter::key)
                .findFirst();
    }

    /// The values of which a field has to have one, in order.
    Optional<List<Key>> anyOf(String field) {
        return operands(field, "$in")
                .filter(Collection.class::isInstance)
                .map(values -> (Collection<?>) values)
                .filter(values -> values.stream().allMatch(Conditions::exact))
                .map(values ->
                        values.stream().map(KeyWriter::key).distinct().sorted().toList())
                .findFirst();
    }

    /// Between which values a field has to be.
    Optional<Bounds> bounds(String field) {
        Optional<Key> from = Stream.concat(operands(field, "$gt"), operands(field, "$gte"))
                .filter(KeyWriter::sorts)
                .map(KeyWriter::key)
                .max(Key::compareTo);
        Optional<Key> to = Stream.concat(operands(field, "$lt"), operands(field, "$lte"))
                .filter(KeyWriter::sorts)
                .map(KeyWriter::key)
                .min(Key::compareTo);
        if (from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Bounds(from.orElse(Key.FIRST), to.orElse(Key.FIRST).end()));
    }

    private Stream<Object> operands(String field, String operator) {
        return byField.getOrDefault(field, List.of()).stream().flatMap(asked -> {
            if (asked instanceof Document document && operators(document)) {
                return Optional.ofNullable(document.get(operator)).stream();
            }
            return operator.equals("$eq") ? Stream.of(asked) : Stream.empty();
        });
    }

    private static boolean operators(Document document) {
        return !document.isEmpty() && document.keySet().stream().allMatch(k -> k.startsWith("$"));
    }

    /// Whether only an equal value matches: null also matches a missing one, an array one of its elements.
    private static boolean exact(Object value) {
        return KeyWriter.sorts(value)
                || value instanceof BinData
                || (value instanceof Document document
                        && !operators(document)
                        && !BsonRegularExpression.isRegularExpression(document));
    }
}
