package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Complaints;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Complaints] on MongoDB. Changes touch single fields, so that a decision and a new complaint do not undo each other.
final class MongoComplaints implements Complaints {
    static final List<Index> INDEXES = List.of(Index.of("complaints", "last"), Index.of("complaints", "state", "last"));

    private static final Bson LAST_FIRST = orderBy(descending("last"), ascending("_id"));

    private final Documents complaints;

    MongoComplaints(MongoDatabase database) {
        complaints = new Documents(database, "complaints");
    }

    @Override
    public void heard(Complaint complaint) {
        boolean first = complaints.insert(Row.of(complaint.id())
                .append("from", complaint.from().name())
                .append("person", complaint.person().key())
                .append("about", complaint.about().map(NativeId::key).orElse(null))
                .append("reason", complaint.reason())
                .append("first", Row.write(complaint.first()))
                .append("last", Row.write(complaint.last()))
                .append("state", complaint.state().name())
                .append("decision", complaint.decision()));
        if (!first) {
            complaints.update(
                    eq("_id", complaint.id()),
                    combine(set("reason", complaint.reason()), set("last", Row.write(complaint.last()))));
        }
    }

    @Override
    public boolean decide(String id, State state, String decision) {
        return complaints.update(eq("_id", id), combine(set("state", state.name()), set("decision", decision)));
    }

    @Override
    public Optional<Complaint> find(String id) {
        return complaints.byId(id).map(MongoComplaints::complaint);
    }

    @Override
    public List<Complaint> newest(boolean openOnly, int limit) {
        Bson wanted = openOnly ? eq("state", State.OPEN.name()) : new Document();
        return complaints.list(wanted, LAST_FIRST, limit).stream()
                .map(MongoComplaints::complaint)
                .toList();
    }

    private static Complaint complaint(Row row) {
        return new Complaint(
                row.id(),
                row.network("from"),
                row.nativeId("person"),
                row.optionalText("about").map(NativeId::parse),
                row.text("reason"),
                row.time("first"),
                row.time("last"),
                State.valueOf(row.text("state")),
                row.text("decision"));
    }
}
