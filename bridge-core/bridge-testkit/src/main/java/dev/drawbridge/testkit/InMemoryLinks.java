package dev.drawbridge.testkit;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Links;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// [Links] in memory.
public final class InMemoryLinks implements Links {
    private final Map<End, Link> links = new HashMap<>();

    private final Map<NativeId, Map<NativeId, Word>> words = new HashMap<>();

    private record End(NativeId end, Network there) {}

    private static End ofPerson(Link link) {
        return new End(link.person(), link.account().network());
    }

    private static End ofAccount(Link link) {
        return new End(link.account(), link.person().network());
    }

    @Override
    public synchronized boolean put(Link link) {
        boolean taken = isTaken(ofPerson(link), link) || isTaken(ofAccount(link), link);
        if (!taken) {
            links.put(ofPerson(link), link);
            links.put(ofAccount(link), link);
        }
        return !taken;
    }

    private boolean isTaken(End end, Link link) {
        return Optional.ofNullable(links.get(end))
                .filter(before -> !before.other(end.end()).equals(link.other(end.end())))
                .isPresent();
    }

    @Override
    public synchronized boolean renew(Link link) {
        Optional<Link> before = find(link.person(), link.account().network())
                .filter(known -> known.other(link.person()).equals(link.account()))
                .filter(known -> known.since().equals(link.since()));
        before.ifPresent(known -> put(
                new Link(known.person(), known.account(), known.since(), link.proven(), link.due(), link.doubted())));
        return before.isPresent();
    }

    @Override
    public synchronized Optional<Link> find(NativeId end, Network network) {
        return Optional.ofNullable(links.get(new End(end, network)));
    }

    @Override
    public synchronized List<Link> of(NativeId end) {
        return links.entrySet().stream()
                .filter(link -> link.getKey().end().equals(end))
                .sorted(Comparator.comparing(link -> link.getKey().there()))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public synchronized void remove(NativeId one, NativeId other) {
        find(one, other.network()).filter(link -> link.other(one).equals(other)).ifPresent(link -> {
            links.remove(ofPerson(link));
            links.remove(ofAccount(link));
        });
    }

    /// What a crash in the middle of [#remove(NativeId, NativeId)] does to the links of one end.
    public synchronized void lose(NativeId end) {
        links.keySet().removeIf(of -> of.end().equals(end));
    }

    @Override
    public synchronized List<Link> due(Instant now, int limit) {
        return links.values().stream()
                .distinct()
                .filter(link -> !link.due().isAfter(now))
                .sorted(Comparator.comparing(Link::due).thenComparing(Link::person))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void say(Word word) {
        words.computeIfAbsent(word.end(), _ -> new TreeMap<>()).put(word.other(), word);
    }

    @Override
    public synchronized List<Word> words(NativeId end) {
        return List.copyOf(words.getOrDefault(end, Map.of()).values());
    }

    @Override
    public synchronized void unsay(NativeId end) {
        words.remove(end);
    }
}
