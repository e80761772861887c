package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.EventId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [OpenPolls] in memory.
public final class InMemoryOpenPolls implements OpenPolls {
    private final Map<EventId, OpenPoll> polls = new LinkedHashMap<>();
    private final Map<EventId, Instant> closed = new HashMap<>();

    @Override
    public synchronized void open(OpenPoll poll) {
        long others = polls.values().stream()
                .filter(other -> other.author().equals(poll.author()))
                .count();
        if (others < MOST_OF_ONE && !closed.containsKey(poll.id())) {
            polls.putIfAbsent(poll.id(), poll);
        }
    }

    @Override
    public synchronized List<OpenPoll> due(Instant now, int most) {
        return polls.values().stream()
                .filter(poll -> !poll.next().isAfter(now))
                .sorted(Comparator.comparing(OpenPoll::next).thenComparing(OpenPoll::id))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized boolean postpone(OpenPoll poll, Instant next) {
        return same(poll).map(now -> polls.put(now.id(), now.withNext(next))).isPresent();
    }

    private Optional<OpenPoll> same(OpenPoll poll) {
        return Optional.ofNullable(polls.get(poll.id()))
                .filter(now -> now.next().equals(poll.next()));
    }

    @Override
    public synchronized void told(OpenPoll poll, List<Long> counts, Optional<Instant> fewerSince) {
        same(poll).ifPresent(now -> polls.put(now.id(), now.withTold(counts, fewerSince)));
    }

    @Override
    public synchronized void close(OpenPoll poll, Instant now) {
        if (same(poll).isPresent()) {
            polls.remove(poll.id());
            closed.put(poll.id(), now);
            closed.values().removeIf(at -> at.plus(CLOSED).isBefore(now));
        }
    }

    @Override
    public synchronized void forget(EventId id) {
        polls.remove(id);
        closed.remove(id);
    }
}
