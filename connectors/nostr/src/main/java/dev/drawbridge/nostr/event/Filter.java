package dev.drawbridge.nostr.event;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What somebody wants to see of a relay ([NIP-01](https://nips.nostr.com/1)). All conditions must hold; in a list one
/// element is enough; an empty list matches nothing.
///
/// @param ids event ids in full
/// @param authors public keys in full
/// @param tags values by the letter of their tag
/// @param since created at this second or later
/// @param until created at this second or earlier
/// @param search words that must be in it ([NIP-50](https://nips.nostr.com/50))
/// @param limit how many stored events are wanted at most, newest first; says nothing about live ones
public record Filter(
        Optional<Set<String>> ids,
        Optional<Set<String>> authors,
        Optional<Set<Integer>> kinds,
        Map<Character, Set<String>> tags,
        Optional<Long> since,
        Optional<Long> until,
        Optional<Integer> limit,
        Optional<SearchQuery> search) {
    public static final Filter ANY = new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Filter {
        ids = ids.map(Filter::sorted);
        authors = authors.map(Filter::sorted);
        kinds = kinds.map(Filter::sorted);
        Map<Character, Set<String>> copy = new TreeMap<>();
        tags.forEach((name, values) -> copy.put(name, sorted(values)));
        tags = java.util.Collections.unmodifiableMap(copy);
    }

    private static <T> Set<T> sorted(Collection<T> values) {
        return java.util.Collections.unmodifiableSet(new TreeSet<>(values));
    }

    public Filter ids(Collection<EventId> wanted) {
        Set<String> hex = wanted.stream().map(EventId::hex).collect(Collectors.toSet());
        return new Filter(Optional.of(hex), authors, kinds, tags, since, until, limit, search);
    }

    public Filter authors(Collection<PublicKey> wanted) {
        Set<String> hex = wanted.stream().map(PublicKey::hex).collect(Collectors.toSet());
        return new Filter(ids, Optional.of(hex), kinds, tags, since, until, limit, search);
    }

    public Filter kinds(Collection<Integer> wanted) {
        return new Filter(ids, authors, Optional.of(Set.copyOf(wanted)), tags, since, until, limit, search);
    }

    public Filter tag(char name, Collection<String> values) {
        Map<Character, Set<String>> more = new TreeMap<>(tags);
        more.put(name, Set.copyOf(values));
        return new Filter(ids, authors, kinds, more, since, until, limit, search);
    }

    public Filter since(long seconds) {
        return new Filter(ids, authors, kinds, tags, Optional.of(seconds), until, limit, search);
    }

    public Filter until(long seconds) {
        return new Filter(ids, authors, kinds, tags, since, Optional.of(seconds), limit, search);
    }

    public Filter limit(int most) {
        return new Filter(ids, authors, kinds, tags, since, until, Optional.of(most), search);
    }

    public Filter search(SearchQuery wanted) {
        return new Filter(ids, authors, kinds, tags, since, until, limit, Optional.of(wanted));
    }

    /// Whether `event` is wanted. Looks at the whole filter but its limit.
    public boolean matches(Event event) {
        return ids.map(s -> s.contains(event.id().hex())).orElse(true)
                && authors.map(s -> s.contains(event.pubkey().hex())).orElse(true)
                && kinds.map(s -> s.contains(event.kind())).orElse(true)
                && since.map(s -> event.createdAt() >= s).orElse(true)
                && until.map(u -> event.createdAt() <= u).orElse(true)
                && tags.entrySet().stream().allMatch(e -> hasTag(event, e.getKey(), e.getValue()))
                && search.map(s -> s.matches(event)).orElse(true);
    }

    private static boolean hasTag(Event event, char name, Set<String> values) {
        return event.tags().stream()
                .anyMatch(t -> t.indexed() && t.name().charAt(0) == name && values.contains(t.value()));
    }

    /// How many values it names.
    public int values() {
        int values = ids.map(Set::size).orElse(0)
                + authors.map(Set::size).orElse(0)
                + kinds.map(Set::size).orElse(0)
                + tags.values().stream().mapToInt(Set::size).sum();
        return Math.max(1, values);
    }

    /// The filter as a JSON object.
    public String json() {
        return FilterWriter.json(this);
    }
}
