package dev.drawbridge.testkit;

import dev.drawbridge.model.port.DailyQuotas;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// [DailyQuotas] in memory.
public final class InMemoryDailyQuotas implements DailyQuotas {
    private final Map<LocalDate, Map<String, Set<String>>> days = new HashMap<>();

    @Override
    public synchronized boolean admits(String kind, String thing, int most, LocalDate day) {
        days.keySet().removeIf(old -> old.isBefore(day.minusDays(1)));
        Set<String> first = days.computeIfAbsent(day, _ -> new HashMap<>()).computeIfAbsent(kind, _ -> new HashSet<>());
        return first.contains(thing) || (first.size() < most && first.add(thing));
    }

    @Override
    public synchronized boolean hasRoom(String kind, String thing, int most, LocalDate day) {
        Set<String> granted = days.getOrDefault(day, Map.of()).getOrDefault(kind, Set.of());
        return granted.contains(thing) || granted.size() < most;
    }
}
