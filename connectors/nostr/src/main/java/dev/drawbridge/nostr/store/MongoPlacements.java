package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Placements] on MongoDB: one document for each event and relay.
public final class MongoPlacements implements Placements {
    private static final int DUPLICATE_KEY = 11000;
    private final MongoCollection<Document> placements;

    /// Creates the indexes that are missing.
    public MongoPlacements(MongoDatabase database) {
        placements = database.getCollection("nostr_placements");
        placements.createIndex(Indexes.ascending("event"));
        placements.createIndex(Indexes.ascending("author"));
        placements.createIndex(Indexes.ascending("relay", "due", "event"));
    }

    @Override
    public void due(Event event, RelayUrl relay) {
        placements.updateOne(
                eq("_id", key(event.id(), relay)),
                combine(named(event, relay), setOnInsert("state", State.DUE.ordinal()), setOnInsert("due", true)),
                new UpdateOptions().upsert(true));
    }

    @Override
    public void sent(Event event, RelayUrl relay) {
        String key = key(event.id(), relay);
        try {
            placements.updateOne(
                    and(eq("_id", key), lt("state", State.SENT.ordinal())),
                    combine(named(event, relay), set("state", State.SENT.ordinal()), setOnInsert("due", false)),
                    new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            // As much or more is known.
            if (e.getError().getCode() != DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    @Override
    public void accepted(Event event, RelayUrl relay) {
        placements.updateOne(
                eq("_id", key(event.id(), relay)),
                combine(named(event, relay), set("state", State.ACCEPTED.ordinal()), set("due", false)),
                new UpdateOptions().upsert(true));
    }

    private static Bson named(Event event, RelayUrl relay) {
        return combine(
                setOnInsert("event", event.id().hex()),
                setOnInsert("author", event.pubkey().hex()),
                setOnInsert("relay", relay.value()));
    }

    @Override
    public void notSent(EventId event, RelayUrl relay) {
        Bson sent = and(eq("_id", key(event, relay)), eq("state", State.SENT.ordinal()));
        placements.deleteOne(and(sent, eq("due", false)));
        placements.updateOne(sent, set("state", State.DUE.ordinal()));
    }

    @Override
    public void remove(EventId event, RelayUrl relay) {
        placements.deleteOne(eq("_id", key(event, relay)));
    }

    @Override
    public void removeAll(PublicKey author, RelayUrl relay) {
        placements.deleteMany(and(eq("author", author.hex()), eq("relay", relay.value())));
    }

    @Override
    public Optional<State> find(EventId event, RelayUrl relay) {
        return Optional.ofNullable(placements.find(eq("_id", key(event, relay))).first())
                .map(d -> State.values()[d.getInteger("state")]);
    }

    @Override
    public Set<RelayUrl> relaysOf(EventId event) {
        return relays(eq("event", event.hex()));
    }

    @Override
    public Set<RelayUrl> relaysOf(PublicKey author) {
        return relays(eq("author", author.hex()));
    }

    private Set<RelayUrl> relays(Bson whose) {
        Set<RelayUrl> relays = new TreeSet<>();
        placements
                .find(and(whose, gt("state", State.DUE.ordinal())))
                .forEach(d -> relays.add(new RelayUrl(d.getString("relay"))));
        return relays;
    }

    @Override
    public List<EventId> due(RelayUrl relay, int most) {
        List<EventId> due = new ArrayList<>();
        placements
                .find(and(eq("relay", relay.value()), eq("due", true)))
                .sort(Sorts.ascending("event"))
                .limit(most)
                .forEach(d -> due.add(new EventId(d.getString("event"))));
        return due;
    }

    private static String key(EventId event, RelayUrl relay) {
        return event.hex() + " " + relay.value();
    }
}
