package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the subscriptions an event may belong to without asking each of them. Every filter lies under the values of
/// the condition that few events meet; what lies nowhere is asked about everything.
final class SubscriptionIndex {
    private static final String EVERYTHING = "*";
    private static final int MOST_VALUES = 2_000;

    private final Map<String, Set<Subscription>> byValue = new ConcurrentHashMap<>();

    void add(Subscription subscription) {
        for (String value : values(subscription)) {
            byValue.compute(value, (_, there) -> {
                Set<Subscription> set = there == null ? ConcurrentHashMap.newKeySet() : there;
                set.add(subscription);
                return set;
            });
        }
    }

    void remove(Subscription subscription) {
        for (String value : values(subscription)) {
            byValue.computeIfPresent(value, (_, there) -> {
                there.remove(subscription);
                return there.isEmpty() ? null : there;
            });
        }
    }

    /// Those that may want an event, each once; whether they do they know themselves.
    Set<Subscription> candidates(Event event) {
        Set<Subscription> found = new HashSet<>();
        collect("i" + event.id().hex(), found);
        collect("a" + event.pubkey().hex(), found);
        collect("k" + event.kind(), found);
        collect(EVERYTHING, found);
        event.tags().stream()
                .filter(dev.drawbridge.nostr.event.Tag::indexed)
                .forEach(t -> collect("#" + t.name() + t.value(), found));
        return found;
    }

    private void collect(String value, Set<Subscription> to) {
        to.addAll(byValue.getOrDefault(value, Set.of()));
    }

    private static Set<String> values(Subscription subscription) {
        Set<String> values = new HashSet<>();
        subscription.filters().forEach(f -> values.addAll(values(f)));
        return values;
    }

    private static List<String> values(Filter filter) {
        return filter.ids()
                .map(ids -> under("i", ids))
                .or(() -> filter.tags().entrySet().stream()
                        .min(Comparator.comparingInt(e -> e.getValue().size()))
                        .map(e -> under("#" + e.getKey(), e.getValue())))
                .or(() -> filter.authors().map(authors -> under("a", authors)))
                .or(() -> filter.kinds().map(kinds -> under("k", kinds)))
                .filter(values -> values.size() <= MOST_VALUES)
                .orElse(List.of(EVERYTHING));
    }

    private static List<String> under(String prefix, Collection<?> values) {
        return values.stream().map(v -> prefix + v).toList();
    }

    int size() {
        return byValue.size();
    }
}
