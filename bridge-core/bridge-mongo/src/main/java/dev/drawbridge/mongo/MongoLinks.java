package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Links;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Links] on MongoDB: a document for each end, called by it and the network of the other, so that neither has two.
/// The end that asked is written first: a link is whole, or can be put again. What is due is in the document of the end
/// whose key is less, whoever asked: both may at once.
final class MongoLinks implements Links {
    static final List<Index> INDEXES = List.of(
            Index.of("links", "end", "_id"), Index.of("links", "due", "_id"), Index.of("link_words", "end", "other"));

    private final Documents links;
    private final Documents words;

    MongoLinks(MongoDatabase database) {
        links = new Documents(database, "links");
        words = new Documents(database, "link_words");
    }

    @Override
    public boolean put(Link link) {
        if (!put(link, link.person())) {
            return false;
        }
        if (!put(link, link.account())) {
            links.delete(same(link.person(), link.account()));
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
        link.doubted().ifPresent(doubted -> document.append("doubted", Row.write(doubted)));
        // Only one of the two comes up when the accounts are to be asked.
        if (end.equals(first(link))) {
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

    private static NativeId first(Link link) {
        return link.person().key().compareTo(link.account().key()) < 0 ? link.person() : link.account();
    }

    /// What is due first: the other one may stay behind, and comes along the next time. Both ends may say different
    /// beginnings where both asked at once; either is it.
    @Override
    public boolean renew(Link link) {
        NativeId first = first(link);
        NativeId second = link.other(first);
        Bson began = eq("since", Row.write(link.since()));
        Bson change = combine(
                set("proven", Row.write(link.proven())),
                set("until", Row.write(link.due())),
                link.doubted()
                        .map(doubted -> set("doubted", Row.write(doubted)))
                        .orElseGet(() -> unset("doubted")));
        Bson all = combine(change, set("since", Row.write(link.since())));
        Bson due = combine(all, set("due", Row.write(link.due())));
        boolean there = links.update(and(same(first, second), began), due)
                || (links.exists(and(same(second, first), began)) && links.update(same(first, second), due));
        if (there) {
            links.update(same(second, first), all);
        }
        return there;
    }

    private static Bson same(NativeId end, NativeId other) {
        return and(eq("_id", id(end, other.network())), eq("other", other.key()));
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
                asked ? end : other,
                asked ? other : end,
                row.time("since"),
                row.time("proven"),
                row.time("until"),
                row.optionalText("doubted").map(Instant::parse));
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
        links.delete(same(other, one));
        links.delete(same(one, other));
    }

    @Override
    public List<Link> due(Instant now, int limit) {
        return links.list(lte("due", Row.write(now)), ascending("due", "_id"), limit).stream()
                .map(MongoLinks::link)
                .toList();
    }

    @Override
    public void say(Word word) {
        words.put(Row.of(Row.key(word.end().key(), word.other().key()))
                .append("end", word.end().key())
                .append("other", word.other().key())
                .append("linked", word.linked())
                .append("at", Row.write(word.at())));
    }

    @Override
    public List<Word> words(NativeId end) {
        return words.list(eq("end", end.key()), ascending("other"), 0).stream()
                .map(row -> new Word(row.nativeId("end"), row.nativeId("other"), row.flag("linked"), row.time("at")))
                .toList();
    }

    @Override
    public void unsay(NativeId end) {
        words.delete(eq("end", end.key()));
    }
}
