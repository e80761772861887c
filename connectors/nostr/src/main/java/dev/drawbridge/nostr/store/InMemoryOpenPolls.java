package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.EventId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// [OpenPolls] in memory.
public final class InMemoryOpenPolls implements OpenPolls {
    private final Map<EventId, OpenPoll> polls = new LinkedHashMap<>();

    @Override
    public synchronized void open(OpenPoll poll) {
        polls.putIfAbsent(poll.id(), poll);
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
        OpenPoll now = polls.get(poll.id());
        if (now == null || !now.next().equals(poll.next())) {
            return false;
        }
        polls.put(poll.id(), new OpenPoll(now.id(), now.author(), now.asked(), now.ends(), next, now.told()));
        return true;
    }

    @Override
    public synchronized void told(EventId id, List<Long> counts) {
        polls.computeIfPresent(id, (_, p) -> new OpenPoll(p.id(), p.author(), p.asked(), p.ends(), p.next(), counts));
    }

    @Override
    public synchronized void close(EventId id) {
        polls.remove(id);
    }
}
