package dev.drawbridge.nostr.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [LatestLists] on MongoDB.
public final class MongoLatestLists implements LatestLists {
    private static final int DUPLICATE_KEY = 11000;
    private static final String POSTS = "posts";
    private final MongoCollection<Document> lists;

    /// Creates the indexes that are missing.
    public MongoLatestLists(MongoDatabase database) {
        lists = database.getCollection("nostr_latest_lists");
        lists.createIndex(Indexes.ascending("kind", "namesUs"));
    }

    @Override
    public Optional<Latest> find(int kind, PublicKey author) {
        return Optional.ofNullable(lists.find(eq("_id", key(kind, author))).first())
                .map(d -> new Latest(
                        new EventId(d.getString("event")),
                        d.getLong("created_at"),
                        d.getList("ours", String.class).stream()
                                .map(PublicKey::new)
                                .collect(Collectors.toSet()),
                        d.getList(POSTS, String.class, List.of()).stream()
                                .map(EventId::new)
                                .collect(Collectors.toSet())));
    }

    @Override
    public void put(Event event, Set<PublicKey> ours) {
        String key = key(event.kind(), event.pubkey());
        Bson older = or(
                lt("created_at", event.createdAt()),
                and(eq("created_at", event.createdAt()), gt("event", event.id().hex())));
        var document = new Document("_id", key)
                .append("kind", event.kind())
                .append("author", event.pubkey().hex())
                .append("event", event.id().hex())
                .append("created_at", event.createdAt())
                .append("ours", ours.stream().map(PublicKey::hex).sorted().toList())
                .append("namesUs", !ours.isEmpty());
        List<String> posts = Latest.of(event, ours).posts().stream()
                .map(EventId::hex)
                .sorted()
                .toList();
        if (!posts.isEmpty()) {
            document.append(POSTS, posts);
        }
        try {
            lists.replaceOne(and(eq("_id", key), older), document, new ReplaceOptions().upsert(true));
        } catch (MongoWriteException e) {
            // Something later is there: what we have comes too late.
            if (e.getError().getCode() != DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    @Override
    public List<PublicKey> authorsNamingUs(int kind, int most) {
        List<PublicKey> authors = new ArrayList<>();
        lists.find(and(eq("kind", kind), eq("namesUs", true)))
                .limit(most)
                .forEach(d -> authors.add(new PublicKey(d.getString("author"))));
        return authors;
    }

    private static String key(int kind, PublicKey author) {
        return kind + ":" + author.hex();
    }
}
