package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Where people who opted in write and read ([NIP-65](https://nips.nostr.com/65)), as far as they say so. In memory:
/// relays tell again after a restart.
final class RelayLists {
    /// Nobody needs more; a longer list would make us connect everywhere.
    private static final int MOST_PER_PERSON = 4;

    private final Predicate<RelayUrl> allowed;
    private final Map<PublicKey, Event> latest = new ConcurrentHashMap<>();

    /// @param allowed which relays we would connect to at all
    RelayLists(Predicate<RelayUrl> allowed) {
        this.allowed = allowed;
    }

    /// Takes a verified kind 10002 event.
    ///
    /// @return whether it says something new
    boolean learn(Event event) {
        if (event.kind() != Kind.RELAY_LIST) {
            return false;
        }
        Event now = latest.merge(event.pubkey(), event, (a, b) -> b.replaces(a) ? b : a);
        return now == event;
    }

    void keepOnly(Set<PublicKey> people) {
        latest.keySet().retainAll(people);
    }

    List<RelayUrl> writesTo(PublicKey person) {
        return relays(person, "read");
    }

    List<RelayUrl> readsFrom(PublicKey person) {
        return relays(person, "write");
    }

    /// @param other the marker that excludes a relay; one without a marker is for both
    private List<RelayUrl> relays(PublicKey person, String other) {
        return Optional.ofNullable(latest.get(person)).stream()
                .flatMap(e -> e.tags("r"))
                .filter(t -> !t.get(2).equals(other))
                .map(Tag::value)
                .flatMap(u -> RelayUrl.tryParse(u).stream())
                .filter(allowed)
                .distinct()
                .limit(MOST_PER_PERSON)
                .toList();
    }

    /// Where to find `people`: the relays most of them write to, at most `most`, with those who do.
    Map<RelayUrl, Set<PublicKey>> writers(Collection<PublicKey> people, int most) {
        Map<RelayUrl, Set<PublicKey>> byRelay = new HashMap<>();
        for (PublicKey person : people) {
            writesTo(person)
                    .forEach(url ->
                            byRelay.computeIfAbsent(url, _ -> new HashSet<>()).add(person));
        }
        Comparator<Map.Entry<RelayUrl, Set<PublicKey>>> popular =
                Comparator.comparing(e -> -e.getValue().size());
        Map<RelayUrl, Set<PublicKey>> chosen = new LinkedHashMap<>();
        byRelay.entrySet().stream()
                .sorted(popular.thenComparing(Map.Entry::getKey))
                .limit(most)
                .forEach(e -> chosen.put(e.getKey(), e.getValue()));
        return chosen;
    }
}
