package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Which part of which index holds all documents a query can match, and whether it has them in the order asked
/// for.
///
/// @param index where to look
/// @param ranges what to look at, in order
/// @param backwards from the last entry to the first
/// @param sorted whether the documents come in the order asked for
/// @param worth of two plans, the one worth more is taken
record QueryPlan(Scannable index, List<Range> ranges, boolean backwards, boolean sorted, int worth) {
    private static final int EQUAL = 10;
    private static final int RANGE = 5;
    private static final int SORTED = 3;
    private static final int ONE_DOCUMENT = 1000;

    /// Entries between two keys, both included.
    record Range(Key from, Key to) {}

    /// The best plan, unless looking at every document is as good.
    static Optional<QueryPlan> best(List<? extends Scannable> indexes, Document query, @Nullable Document orderBy) {
        Conditions conditions = new Conditions(query);
        List<Order> order = Order.of(orderBy);
        return indexes.stream()
                .map(index -> plan(index, conditions, order))
                .filter(plan -> plan.worth > 0)
                .max(Comparator.comparingInt(QueryPlan::worth));
    }

    private static QueryPlan plan(Scannable index, Conditions conditions, List<Order> order) {
        Key prefix = Key.FIRST;
        int equal = 0;
        for (String field : index.fields()) {
            Optional<Key> value = conditions.equal(field);
            if (value.isEmpty()) {
                break;
            }
            prefix = prefix.then(value.get());
            equal++;
        }
        List<Range> ranges = ranges(index, conditions, prefix, equal);
        boolean narrowed = ranges.size() != 1 || !ranges.getFirst().equals(whole(prefix));
        boolean all = equal == 0 && !narrowed;
        Optional<Boolean> backwards = ranges.size() > 1 || index.multikey() || (all && !index.complete())
                ? Optional.empty()
                : Order.direction(order, index.fields(), equal, conditions);
        int worth = equal * EQUAL + (narrowed ? RANGE : 0) + (backwards.isPresent() && !order.isEmpty() ? SORTED : 0);
        if (index.unique() && equal == index.fields().size()) {
            worth += ONE_DOCUMENT;
        }
        return new QueryPlan(index, ranges, backwards.orElse(false), backwards.isPresent(), worth);
    }

    private static List<Range> ranges(Scannable index, Conditions conditions, Key prefix, int equal) {
        if (equal < index.fields().size()) {
            String field = index.fields().get(equal);
            Optional<List<Key>> anyOf = conditions.anyOf(field);
            if (anyOf.isPresent()) {
                return anyOf.get().stream()
                        .map(prefix::then)
                        .map(QueryPlan::whole)
                        .toList();
            }
            // With arrays, one element may be above the lower bound and another below the upper one.
            Optional<Conditions.Bounds> bounds = index.multikey() ? Optional.empty() : conditions.bounds(field);
            if (bounds.isPresent()) {
                return List.of(new Range(
                        prefix.then(bounds.get().from()),
                        prefix.then(bounds.get().to())));
            }
        }
        return List.of(whole(prefix));
    }

    /// Every entry that begins with `prefix`, and of an empty one every entry but the mark of the index itself.
    private static Range whole(Key prefix) {
        return new Range(prefix.equals(Key.FIRST) ? new Key(new byte[] {0}) : prefix, prefix.end());
    }

    /// Where the documents lie that may match, each once.
    Stream<Key> positions() {
        Stream<Key> found =
                ranges.stream().flatMap(range -> stream(index.positions(range.from(), range.to(), backwards)));
        return index.multikey() ? found.distinct() : found;
    }

    private static Stream<Key> stream(Iterator<Key> keys) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(keys, Spliterator.ORDERED), false);
    }

    /// One field to sort by.
    record Order(String field, boolean descending) {
        static List<Order> of(@Nullable Document orderBy) {
            List<Order> order = new ArrayList<>();
            if (orderBy != null) {
                orderBy.forEach((field, direction) ->
                        order.add(new Order(field, direction instanceof Number n && n.intValue() < 0)));
            }
            return order;
        }

        /// Whether an index has documents in this order, from where on its fields are not all equal.
        ///
        /// @return whether to go backwards; empty if it does not have them in order
        static Optional<Boolean> direction(List<Order> order, List<String> fields, int equal, Conditions conditions) {
            List<Order> open = order.stream()
                    .filter(o -> conditions.equal(o.field).isEmpty())
                    .toList();
            List<String> has = new ArrayList<>(fields.subList(equal, fields.size()));
            // Entries with the same values lie in the order of the ids.
            has.add("_id");
            boolean descending = !open.isEmpty() && open.getFirst().descending;
            for (int i = 0; i < open.size(); i++) {
                Order wanted = open.get(i);
                if (i >= has.size() || !wanted.field.equals(has.get(i)) || wanted.descending != descending) {
                    return Optional.empty();
                }
            }
            return Optional.of(descending);
        }
    }
}
