package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Absences;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bson.Document;

/// [Absences] on MongoDB: a document per place that is missed, all of them in memory too.
final class MongoAbsences implements Absences {
    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();
    private final Documents absences;
    private final LongSupplier nanos;
    private final Map<String, Absence> known = new HashMap<>();
    private long readAt;
    private boolean read;

    /// @param nanos a clock that never jumps, as [System#nanoTime()]
    MongoAbsences(MongoDatabase database, LongSupplier nanos) {
        this.absences = new Documents(database, "absences");
        this.nanos = nanos;
    }

    @Override
    public synchronized Absence missed(Destination place, String home, Kind kind, Instant at) {
        boolean goesOn = absences.update(and(eq("_id", place.key()), eq("kind", kind.name())), inc("times", 1));
        if (!goesOn) {
            absences.upsert(
                    eq("_id", place.key()),
                    combine(
                            set(Row.VERSION, Row.LAYOUT),
                            set("home", home),
                            set("kind", kind.name()),
                            set("since", Row.write(at)),
                            set("times", 1)));
        }
        Absence now = absences.byId(place.key())
                .map(MongoAbsences::absence)
                .orElseGet(() -> new Absence(place, home, kind, at, 1, false));
        known.put(place.key(), now);
        return now;
    }

    @Override
    public synchronized void forget(Destination place) {
        absences.update(eq("_id", place.key()), set("forgotten", true));
        absences.byId(place.key()).ifPresent(row -> known.put(row.id(), absence(row)));
    }

    @Override
    public synchronized void answered(Destination place) {
        if (fresh().containsKey(place.key())) {
            absences.delete(eq("_id", place.key()));
            known.remove(place.key());
        }
    }

    @Override
    public synchronized Optional<Absence> find(Destination place) {
        return Optional.ofNullable(fresh().get(place.key()));
    }

    @Override
    public synchronized List<Absence> at(Network network, String home) {
        Map<String, Absence> all = fresh();
        return all.isEmpty()
                ? List.of()
                : all.values().stream()
                        .filter(a ->
                                a.home().equals(home) && a.place().network().equals(network))
                        .toList();
    }

    private Map<String, Absence> fresh() {
        long now = nanos.getAsLong();
        if (!read || now - readAt > FRESH_NANOS) {
            known.clear();
            absences.each(new Document(), row -> known.put(row.id(), absence(row)));
            readAt = now;
            read = true;
        }
        return known;
    }

    private static Absence absence(Row row) {
        return new Absence(
                Row.destination(row.id()),
                row.text("home"),
                Kind.valueOf(row.text("kind")),
                row.time("since"),
                row.number("times"),
                row.document().getBoolean("forgotten", false));
    }
}
