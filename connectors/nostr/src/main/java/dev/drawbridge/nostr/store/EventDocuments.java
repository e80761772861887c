package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.SearchQuery;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/// How an event lies in MongoDB, and how it is found there.
final class EventDocuments {
    static final String ID = "id";
    static final String PUBKEY = "pubkey";
    static final String KIND = "kind";
    static final String CREATED_AT = "created_at";
    static final String TAGS = "tags";
    private static final String WORDS = "words";
    private static final String EXPIRES = "expires";

    private EventDocuments() {}

    static void createIndexes(MongoCollection<Document> events) {
        events.createIndex(Indexes.ascending(ID), new IndexOptions().unique(true));
        events.createIndex(Indexes.compoundIndex(Indexes.ascending(PUBKEY, KIND), Indexes.descending(CREATED_AT)));
        for (String field : List.of(KIND, TAGS, WORDS)) {
            events.createIndex(Indexes.compoundIndex(Indexes.ascending(field), Indexes.descending(CREATED_AT)));
        }
        events.createIndex(Indexes.descending(CREATED_AT));
        events.createIndex(Indexes.ascending(EXPIRES), new IndexOptions().sparse(true));
    }

    /// What an event takes the place of: its address if it has one, else its id.
    static String key(Event event) {
        return event.address().orElseGet(() -> event.id().hex());
    }

    static Document document(Event event) {
        List<String> tags = event.tags().stream()
                .filter(Tag::indexed)
                .map(t -> t.name() + ":" + t.value())
                .distinct()
                .toList();
        var document = new Document("_id", key(event))
                .append(ID, event.id().hex())
                .append(PUBKEY, event.pubkey().hex())
                .append(KIND, event.kind())
                .append(CREATED_AT, event.createdAt())
                .append(TAGS, tags)
                .append(WORDS, List.copyOf(SearchQuery.termsOf(event)))
                .append("event", event.json());
        event.expiration().ifPresent(at -> document.append(EXPIRES, at));
        return document;
    }

    static Event event(Document document) {
        return switch (EventReader.read(document.getString("event"))) {
            case Reading.Read<Event>(Event event) -> event;
            case Reading.Unreadable<Event> bad ->
                throw new IllegalStateException("stored event " + document.get("_id") + " is damaged: " + bad);
        };
    }

    static Bson condition(Filter filter) {
        List<Bson> all = new ArrayList<>();
        filter.ids().ifPresent(ids -> all.add(in(ID, ids)));
        filter.authors().ifPresent(authors -> all.add(in(PUBKEY, authors)));
        filter.kinds().ifPresent(kinds -> all.add(in(KIND, kinds)));
        filter.tags()
                .forEach((name, values) -> all.add(
                        in(TAGS, values.stream().map(v -> name + ":" + v).toList())));
        filter.search().ifPresent(s -> s.terms().forEach(term -> all.add(eq(WORDS, term))));
        filter.since().ifPresent(s -> all.add(gte(CREATED_AT, s)));
        filter.until().ifPresent(u -> all.add(lte(CREATED_AT, u)));
        return all.isEmpty() ? new Document() : and(all);
    }

    static Bson condition(Filter filter, View view) {
        return within(
                condition(filter),
                filter.kinds().filter(EventDocuments::public_).isPresent(),
                view);
    }

    static Bson condition(List<Filter> filters, View view) {
        Bson any = or(filters.stream().map(EventDocuments::condition).toList());
        return within(any, false, view);
    }

    private static boolean public_(Set<Integer> kinds) {
        return kinds.stream().noneMatch(View.PRIVATE_KINDS::contains);
    }

    private static Bson within(Bson wanted, boolean publicOnly, View view) {
        if (view.everything()) {
            return wanted;
        }
        List<Bson> all = new ArrayList<>(List.of(wanted, not(lte(EXPIRES, view.now()))));
        if (!publicOnly) {
            all.add(readable(view));
        }
        return and(all);
    }

    private static Bson readable(View view) {
        Bson open = nin(KIND, View.PRIVATE_KINDS);
        List<String> keys = view.readers().stream().map(PublicKey::hex).toList();
        return keys.isEmpty()
                ? open
                : or(
                        open,
                        in(PUBKEY, keys),
                        in(TAGS, keys.stream().map(k -> "p:" + k).toList()));
    }

    static Bson expired(long now) {
        return lte(EXPIRES, now);
    }
}
