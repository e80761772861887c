package dev.drawbridge.testkit;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Digests;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// [Digests] in memory.
public final class InMemoryDigests implements Digests {
    private final Map<NativeId, Wish> wishes = new HashMap<>();
    private final Map<Key, Answer> answers = new HashMap<>();

    private record Key(NativeId person, NativeId answer) {}

    private record Answer(NativeId person, NativeId copy, Instant at) {}

    @Override
    public synchronized void put(Wish wish) {
        wishes.put(wish.person(), wish);
    }

    @Override
    public synchronized Optional<Wish> find(NativeId person) {
        return Optional.ofNullable(wishes.get(person));
    }

    @Override
    public synchronized boolean areWanted() {
        return !wishes.isEmpty();
    }

    @Override
    public synchronized void remove(NativeId person) {
        wishes.remove(person);
        answers.values().removeIf(answer -> answer.person().equals(person));
    }

    @Override
    public synchronized List<Wish> due(Instant now, int limit) {
        return wishes.values().stream()
                .filter(wish -> !wish.due().isAfter(now))
                .sorted(Comparator.comparing(Wish::due).thenComparing(Wish::person))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void count(NativeId person, NativeId copy, NativeId answer, Instant at) {
        answers.putIfAbsent(new Key(person, answer), new Answer(person, copy, at));
    }

    @Override
    public synchronized long waiting(NativeId person, int limit) {
        return answers.values().stream()
                .filter(answer -> answer.person().equals(person))
                .limit(limit)
                .count();
    }

    @Override
    public synchronized List<Tally> counted(NativeId person, Instant until) {
        return answers.values().stream()
                .filter(answer -> isCounted(answer, person, until))
                .collect(Collectors.groupingBy(Answer::copy, Collectors.counting()))
                .entrySet()
                .stream()
                .map(copy -> new Tally(copy.getKey(), copy.getValue()))
                .sorted(Comparator.comparing(Tally::answers).reversed().thenComparing(Tally::copy))
                .toList();
    }

    @Override
    public synchronized void clear(NativeId person, Instant until) {
        answers.values().removeIf(answer -> isCounted(answer, person, until));
    }

    private static boolean isCounted(Answer answer, NativeId person, Instant until) {
        return answer.person().equals(person) && !answer.at().isAfter(until);
    }
}
