package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Links;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// [Links] on MongoDB: a document for each end, called by it and the network of the other, so that neither has two.
/// The end that asked is written first and removed last: a link is whole, or can be put again.
final class MongoLinks implements Links {
    static final List<Index> INDEXES = List.of(Index.of("links", "end", "_id"), Index.of("links", "due", "_id"));

    private final Documents links;

    MongoLinks(MongoDatabase database) {
        links = new Documents(database, "links");
    }

    @Override
    public boolean put(Link link) {
        if (!put(link, link.person())) {
            return false;
        }
        if (!put(link, link.account())) {
            links.delete(and(
                    eq("_id", id(link, link.person())),
                    eq("other", link.account().key())));
            return false;
        }
        return true;
    }

    private boolean put(Link link, NativeId end) {
        NativeId other = link.other(end);
        Document document = Row.of(id(link, end))
                .append("end", end.key())
                .append("other", other.key())
                .append("asked", link.person().key())
                .append("since", Row.write(link.since()))
                .append("proven", Row.write(link.proven()))
                .append("until", Row.write(link.due()));
        // Only one of the two comes up when the accounts are to be asked.
        if (end.equals(link.person())) {
            document.append("due", Row.write(link.due()));
        }
        if (links.insert(document)) {
            return true;
        }
        boolean same = links.byId(document.getString("_id"))
                .filter(row -> row.nativeId("other").equals(other))
                .isPresent();
        if (same) {
            links.put(document);
        }
        return same;
    }

    private static String id(Link link, NativeId end) {
        return id(end, link.other(end).network());
    }

    private static String id(NativeId end, Network there) {
        return Row.key(end.key(), there.name());
    }

    private static Link link(Row row) {
        NativeId end = row.nativeId("end");
        NativeId other = row.nativeId("other");
        boolean asked = row.nativeId("asked").equals(end);
        return new Link(
                asked ? end : other, asked ? other : end, row.time("since"), row.time("proven"), row.time("until"));
    }

    @Override
    public Optional<Link> find(NativeId end, Network network) {
        return links.byId(id(end, network)).map(MongoLinks::link);
    }

    @Override
    public List<Link> of(NativeId end) {
        return links.list(eq("end", end.key()), ascending("_id"), 0).stream()
                .map(MongoLinks::link)
                .toList();
    }

    @Override
    public void remove(NativeId one, NativeId other) {
        boolean asked = find(one, other.network())
                .filter(link -> link.person().equals(one))
                .isPresent();
        NativeId first = asked ? other : one;
        NativeId last = asked ? one : other;
        delete(first, last);
        delete(last, first);
    }

    private void delete(NativeId end, NativeId other) {
        links.delete(and(eq("_id", id(end, other.network())), eq("other", other.key())));
    }

    @Override
    public List<Link> due(Instant now, int limit) {
        return links.list(lte("due", Row.write(now)), ascending("due", "_id"), limit).stream()
                .map(MongoLinks::link)
                .toList();
    }
}
