package dev.drawbridge.activitypub.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import dev.drawbridge.activitypub.object.signature.Generation;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.store.PendingRequest.Waiting;
import dev.drawbridge.model.port.SignatureScheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/// Requests that wait to be verified, in MongoDB. They are here for seconds, or for a day at most while the server
/// that can vouch for them does not answer.
public final class PendingRequests {
    private static final String ATTEMPTS = "attempts";
    private static final String NEXT = "next";
    private static final String ARRIVED = "arrivedAt";
    private final MongoCollection<Document> all;

    public PendingRequests(MongoDatabase database) {
        all = database.getCollection("activitypub_pending");
        all.createIndex(Indexes.ascending(NEXT));
    }

    /// Stores it. Does nothing if it is there.
    public void add(PendingRequest request) {
        try {
            all.insertOne(document(request));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    public Optional<PendingRequest> find(String id) {
        return Optional.ofNullable(all.find(Filters.eq("_id", id)).first()).map(PendingRequests::request);
    }

    /// Takes the next attempt, so that no other instance makes it too.
    ///
    /// @param attempts how many there were when the caller looked
    /// @param next when somebody else may try
    /// @return false if somebody was faster, or it is gone
    public boolean claim(String id, int attempts, Instant next) {
        var mine = Filters.and(Filters.eq("_id", id), Filters.eq(ATTEMPTS, attempts));
        var taken = Updates.combine(Updates.set(ATTEMPTS, attempts + 1), Updates.set(NEXT, Date.from(next)));
        return all.updateOne(mine, taken).getMatchedCount() == 1;
    }

    public void postpone(String id, Instant next) {
        all.updateOne(Filters.eq("_id", id), Updates.set(NEXT, Date.from(next)));
    }

    public void remove(String id) {
        all.deleteOne(Filters.eq("_id", id));
    }

    /// What nobody tried although its time came before `time`, oldest first.
    public List<Waiting> dueBefore(Instant time, int limit) {
        return all.find(Filters.lt(NEXT, Date.from(time)))
                .projection(Projections.include("lane", "host", "size", ARRIVED, ATTEMPTS, NEXT))
                .sort(Sorts.ascending(NEXT))
                .limit(limit)
                .map(PendingRequests::waiting)
                .into(new ArrayList<>());
    }

    public long count() {
        return all.countDocuments();
    }

    private static Document document(PendingRequest request) {
        Claimed claim = request.claim();
        return new Document("_id", request.id())
                .append("lane", request.lane())
                .append("host", request.host())
                .append("generation", claim.generation().word())
                .append("keyId", claim.keyId())
                .append("scheme", claim.scheme().map(Enum::name).orElse(""))
                .append("messages", claim.messages().stream().map(Binary::new).toList())
                .append("signature", new Binary(claim.signature()))
                .append("body", new Binary(request.body()))
                .append("followers", request.followers().orElse(""))
                .append("size", request.body().length)
                .append(ARRIVED, Date.from(request.arrivedAt()))
                .append(ATTEMPTS, request.attempts())
                .append(NEXT, Date.from(request.next()));
    }

    private static PendingRequest request(Document stored) {
        String scheme = stored.getString("scheme");
        var claim = new Claimed(
                Generation.of(stored.getString("generation")).orElseThrow(),
                stored.getString("keyId"),
                scheme.isEmpty() ? Optional.empty() : Optional.of(SignatureScheme.valueOf(scheme)),
                stored.getList("messages", Binary.class).stream()
                        .map(Binary::getData)
                        .toList(),
                stored.get("signature", Binary.class).getData());
        var waiting = waiting(stored);
        return new PendingRequest(
                waiting.id(),
                waiting.lane(),
                waiting.host(),
                claim,
                stored.get("body", Binary.class).getData(),
                Optional.of(stored.getString("followers")).filter(f -> !f.isEmpty()),
                waiting.arrivedAt(),
                waiting.attempts(),
                waiting.next());
    }

    private static Waiting waiting(Document stored) {
        return new Waiting(
                stored.getString("_id"),
                stored.getString("lane"),
                stored.getString("host"),
                stored.getInteger("size", 0),
                stored.getDate(ARRIVED).toInstant(),
                stored.getInteger(ATTEMPTS, 0),
                stored.getDate(NEXT).toInstant());
    }
}
