package dev.drawbridge.testkit;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// [Crossings] in memory.
public final class InMemoryCrossings implements Crossings {
    private static final Comparator<Crossing> NEWEST_FIRST =
            Comparator.comparing(Crossing::at).reversed().thenComparing(Crossing::id);

    private final TreeMap<String, Crossing> crossings = new TreeMap<>();
    private final TreeMap<Instant, Map<Network, Long>> minutes = new TreeMap<>();
    private final int keep;

    public InMemoryCrossings() {
        this(10_000);
    }

    /// @param keep how many crossings stay; the oldest go first
    public InMemoryCrossings(int keep) {
        this.keep = keep;
    }

    @Override
    public synchronized void record(Crossing crossing) {
        crossings.put(crossing.id(), crossing);
        if (crossing.state() == State.CROSSED) {
            minutes.computeIfAbsent(crossing.at().truncatedTo(ChronoUnit.MINUTES), _ -> new TreeMap<>())
                    .merge(crossing.target(), 1L, Long::sum);
            Instant newest = minutes.lastKey().truncatedTo(ChronoUnit.HOURS);
            minutes.headMap(newest.minus(FLOW_KEPT)).clear();
        }
        if (crossings.size() > keep) {
            newest(crossings.size()).subList(keep, crossings.size()).forEach(c -> crossings.remove(c.id()));
        }
    }

    @Override
    public synchronized List<Crossing> newest(int limit) {
        return new ArrayList<>(
                crossings.values().stream().sorted(NEWEST_FIRST).limit(limit).toList());
    }

    @Override
    public synchronized long count(State state) {
        return crossings.values().stream().filter(c -> c.state() == state).count();
    }

    @Override
    public synchronized List<Hour> arrived(Instant since) {
        var hours = new TreeMap<Instant, Map<Network, Long[]>>();
        minutes.tailMap(since.truncatedTo(ChronoUnit.HOURS))
                .forEach((minute, counts) -> counts.forEach((network, count) ->
                        hours.computeIfAbsent(minute.truncatedTo(ChronoUnit.HOURS), _ -> new TreeMap<>())
                                .computeIfAbsent(network, _ -> none())[
                                minute.atOffset(ZoneOffset.UTC).getMinute()] = count));
        return hours.entrySet().stream()
                .flatMap(hour -> hour.getValue().entrySet().stream()
                        .map(row -> new Hour(row.getKey(), hour.getKey(), List.of(row.getValue()))))
                .toList();
    }

    private static Long[] none() {
        var none = new Long[Hour.MINUTES];
        Arrays.fill(none, 0L);
        return none;
    }
}
