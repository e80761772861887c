package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings.Hour;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what arrived: one document for each network and hour, with a number for each minute of it. Numbers are
/// gathered for some seconds and added in one go, so that a delivery costs nothing here. Nothing fails because they
/// cannot be written: they are added later, as far as they are still of a time that is kept.
final class MongoFlow {
    static final List<Index> INDEXES = List.of(Index.of("flow", "hour"));

    private static final Logger LOG = LoggerFactory.getLogger(MongoFlow.class);
    private static final Duration GATHERED = Duration.ofSeconds(5);
    private static final String NETWORK = "network";
    private static final String HOUR = "hour";

    private final Documents hours;
    private final Duration kept;
    private Map<Slot, Map<Integer, Long>> gathered = new HashMap<>();
    private Instant written = Instant.EPOCH;
    private Instant swept = Instant.EPOCH;

    private record Slot(Network target, Instant hour) {}

    /// @param kept how far back hours stay
    MongoFlow(MongoDatabase database, Duration kept) {
        this.hours = new Documents(database, "flow").unsynced();
        this.kept = kept;
    }

    void arrived(Network target, Instant at) {
        Map<Slot, Map<Integer, Long>> due = Map.of();
        synchronized (this) {
            gathered.computeIfAbsent(new Slot(target, at.truncatedTo(ChronoUnit.HOURS)), _ -> new TreeMap<>())
                    .merge(at.atOffset(ZoneOffset.UTC).getMinute(), 1L, Long::sum);
            if (Duration.between(written, at).abs().compareTo(GATHERED) >= 0) {
                written = at;
                due = taken();
            }
        }
        write(due);
    }

    private synchronized Map<Slot, Map<Integer, Long>> taken() {
        Map<Slot, Map<Integer, Long>> due = gathered;
        gathered = new HashMap<>();
        return due;
    }

    private void write(Map<Slot, Map<Integer, Long>> due) {
        var left = new HashMap<>(due);
        try {
            due.forEach((slot, minutes) -> {
                add(slot, minutes);
                left.remove(slot);
            });
            due.keySet().stream().map(Slot::hour).max(Comparator.naturalOrder()).ifPresent(this::sweep);
        } catch (RuntimeException e) {
            LOG.warn("what arrived cannot be counted now: {}", e.toString());
            giveBack(left);
        }
    }

    private void add(Slot slot, Map<Integer, Long> minutes) {
        List<Bson> changes = new ArrayList<>();
        changes.add(Updates.setOnInsert(new Document(Row.VERSION, Row.LAYOUT)
                .append(NETWORK, slot.target().name())
                .append(HOUR, Row.write(slot.hour()))));
        minutes.forEach((minute, count) -> changes.add(Updates.inc(field(minute), count)));
        hours.upsert(eq("_id", Row.key(slot.target().name(), Row.write(slot.hour()))), Updates.combine(changes));
    }

    /// What could not be written is so much at most as is kept.
    private synchronized void giveBack(Map<Slot, Map<Integer, Long>> left) {
        left.forEach((slot, minutes) -> {
            var now = gathered.computeIfAbsent(slot, _ -> new TreeMap<>());
            minutes.forEach((minute, count) -> now.merge(minute, count, Long::sum));
        });
        gathered.keySet().stream()
                .map(Slot::hour)
                .max(Comparator.naturalOrder())
                .ifPresent(
                        newest -> gathered.keySet().removeIf(slot -> slot.hour().isBefore(newest.minus(kept))));
    }

    private void sweep(Instant hour) {
        synchronized (this) {
            if (!hour.isAfter(swept)) {
                return;
            }
        }
        hours.delete(lt(HOUR, Row.write(hour.minus(kept))));
        synchronized (this) {
            swept = hour;
        }
    }

    /// Adds what is gathered, for whoever looks or stops.
    void flush() {
        write(taken());
    }

    /// @param since of whose hour on
    List<Hour> since(Instant since) {
        flush();
        String first = Row.write(since.truncatedTo(ChronoUnit.HOURS));
        return hours.list(gte(HOUR, first), ascending(HOUR, NETWORK), 0).stream()
                .map(MongoFlow::hour)
                .toList();
    }

    private static Hour hour(Row row) {
        List<Long> minutes = IntStream.range(0, Hour.MINUTES)
                .mapToObj(minute -> row.number(field(minute), 0))
                .toList();
        return new Hour(row.network(NETWORK), row.time(HOUR), minutes);
    }

    private static String field(int minute) {
        return "m" + minute;
    }
}
