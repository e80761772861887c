package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Crossings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Crossings] on MongoDB, for people to look at: written without waiting for the disk, and only the newest kept.
final class MongoCrossings implements Crossings {
    static final List<Index> INDEXES = List.of(Index.of("crossings", "at"), Index.of("crossings", "state"));

    private static final Bson NEWEST_FIRST = orderBy(descending("at"), ascending("_id"));

    private final Documents crossings;
    private final MongoFlow flow;
    private final int keep;
    private final int slack;
    private final AtomicInteger sinceSweep;

    /// @param keep how many of the newest stay
    /// @param slack how many more there may be before the oldest are removed
    MongoCrossings(MongoDatabase database, int keep, int slack) {
        this.crossings = new Documents(database, "crossings").unsynced();
        this.flow = new MongoFlow(database, FLOW_KEPT);
        this.keep = keep;
        this.slack = slack;
        // The first one sweeps: an earlier run may have stopped just before it did.
        this.sinceSweep = new AtomicInteger(slack);
    }

    @Override
    public void record(Crossing crossing) {
        Document document = Row.of(crossing.id())
                .append("activity", crossing.activity())
                .append("author", crossing.author().key())
                .append("original", crossing.original().key())
                .append("target", crossing.target().name())
                .append("state", crossing.state().name())
                .append("reason", crossing.reason())
                .append(
                        "losses",
                        crossing.losses().stream()
                                .map(l -> new Document("field", l.field()).append("reason", l.reason()))
                                .toList())
                .append("tookNanos", crossing.took().toNanos())
                .append("at", Row.write(crossing.at()));
        if (crossing.listed()) {
            document.append("listed", true);
        }
        crossing.copy().ifPresent(copy -> document.append("copy", copy.key()));
        crossings.put(document);
        if (crossing.state() == State.CROSSED) {
            flow.arrived(crossing.target(), crossing.at());
        }
        if (sinceSweep.incrementAndGet() > slack) {
            sinceSweep.set(0);
            sweep();
        }
    }

    private void sweep() {
        List<Row> old = crossings.list(new Document(), NEWEST_FIRST, keep, 0);
        if (!old.isEmpty()) {
            crossings.delete(in("_id", old.stream().map(Row::id).toList()));
        }
    }

    @Override
    public List<Crossing> newest(int limit) {
        return crossings.list(new Document(), NEWEST_FIRST, limit).stream()
                .map(MongoCrossings::crossing)
                .toList();
    }

    @Override
    public long count(State state) {
        return crossings.count(eq("state", state.name()));
    }

    /// Writes what is only counted yet: before the connection is closed.
    void flush() {
        flow.flush();
    }

    @Override
    public List<Hour> arrived(Instant since) {
        return flow.since(since);
    }

    private static Crossing crossing(Row row) {
        return new Crossing(
                row.id(),
                row.text("activity"),
                row.nativeId("author"),
                row.nativeId("original"),
                row.network("target"),
                row.optionalText("copy").map(NativeId::parse),
                State.valueOf(row.text("state")),
                row.text("reason"),
                row.children("losses").stream()
                        .map(l -> new Loss(l.text("field"), l.text("reason")))
                        .toList(),
                Duration.ofNanos(row.number("tookNanos")),
                row.time("at"),
                // What an older version wrote is shown to nobody.
                row.flag("listed", false));
    }
}
