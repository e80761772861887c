package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What to ask one relay for.
///
/// @param people who opted in: everything they say that can cross, and where they are found
/// @param ours ghosts and bots: what is said to them
/// @param listOwners who follows a ghost without having opted in: whether they stop
/// @param sought who opted in, on a relay that is asked for nothing but where they are found
record Interest(Set<String> people, Set<String> ours, Set<String> listOwners, Set<String> sought) {
    static final Interest NONE = new Interest(Set.of(), Set.of(), Set.of(), Set.of());

    /// More filters in one request are refused by some relays.
    private static final int MOST_FILTERS = 10;

    private static final Set<Integer> FROM_PEOPLE = with(Intake.KINDS, Kind.RELAY_LIST);
    private static final Set<Integer> TO_OURS = Set.of(
            Kind.NOTE,
            Kind.REPOST,
            Kind.REACTION,
            Kind.GENERIC_REPOST,
            Kind.VOTE,
            Kind.COMMENT,
            Kind.REPORT,
            Kind.MUTES);

    private static final Set<Integer> MESSAGES = Set.of(Kind.OLD_MESSAGE, Kind.GIFT_WRAP);
    private static final long BACKDATED = GiftWraps.BACKDATED.toSeconds();

    static Interest of(Collection<PublicKey> people, Collection<PublicKey> ours, Collection<PublicKey> listOwners) {
        return new Interest(hex(people), hex(ours), hex(listOwners), Set.of());
    }

    /// On a relay that is told where people are found, and asked.
    static Interest lists(Collection<PublicKey> people) {
        return new Interest(Set.of(), Set.of(), Set.of(), hex(people));
    }

    /// What `other` asks for as well.
    Interest and(Interest other) {
        return new Interest(
                union(people, other.people),
                union(ours, other.ours),
                union(listOwners, other.listOwners),
                union(sought, other.sought));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new TreeSet<>(one);
        union.addAll(other);
        return union;
    }

    private static Set<String> hex(Collection<PublicKey> keys) {
        Set<String> hex = new TreeSet<>();
        keys.forEach(k -> hex.add(k.hex()));
        return hex;
    }

    private static Set<Integer> with(Set<Integer> kinds, int another) {
        Set<Integer> all = new TreeSet<>(kinds);
        all.add(another);
        return all;
    }

    /// The requests, each with as many filters as the relay takes in one: usually there is one.
    ///
    /// @param since from when on; empty the first time, when who follows a bot already counts and old posts do not
    /// @param firstSince from when on posts count the first time
    List<List<Filter>> requests(Optional<Long> since, long firstSince, Terms terms) {
        List<List<Filter>> requests = new ArrayList<>();
        List<Filter> request = new ArrayList<>();
        int length = 0;
        for (Filter filter : filters(since, firstSince, terms)) {
            int more = filter.json().length() + 1;
            boolean full = request.size() == MOST_FILTERS || length + more > terms.message() - Terms.REST_BYTES;
            if (full && !request.isEmpty()) {
                requests.add(List.copyOf(request));
                request.clear();
                length = 0;
            }
            request.add(filter);
            length += more;
        }
        if (!request.isEmpty()) {
            requests.add(List.copyOf(request));
        }
        return requests;
    }

    private List<Filter> filters(Optional<Long> since, long firstSince, Terms terms) {
        int most = terms.keys();
        long from = since.orElse(firstSince);
        List<Filter> filters = new ArrayList<>();
        for (Set<String> chunk : chunks(people, most)) {
            filters.add(byAuthors(chunk).kinds(FROM_PEOPLE).since(from));
        }
        for (Set<String> chunk : chunks(union(people, sought), most)) {
            filters.add(byAuthors(chunk).kinds(List.of(Kind.RELAY_LIST)));
        }
        for (Set<String> chunk : chunks(ours, most)) {
            Filter follows = Filter.ANY.tag('p', chunk).kinds(List.of(Kind.FOLLOWS));
            filters.add(since.map(follows::since).orElse(follows));
            filters.add(Filter.ANY.tag('p', chunk).kinds(TO_OURS).since(from));
            // Wraps claim to be up to two days older than they are.
            filters.add(Filter.ANY.tag('p', chunk).kinds(MESSAGES).since(Math.max(0, from - BACKDATED)));
        }
        for (Set<String> chunk : chunks(listOwners, most)) {
            filters.add(byAuthors(chunk)
                    .kinds(List.of(Kind.FOLLOWS, Kind.DELETION, Kind.VANISH))
                    .since(from));
        }
        return filters.stream().map(f -> f.limit(terms.events())).toList();
    }

    /// What people said that can be compared with what we took of it.
    List<Filter> comparable(long since, Terms terms) {
        return chunks(people, terms.keys()).stream()
                .map(chunk -> byAuthors(chunk).kinds(FROM_PEOPLE).since(since))
                .toList();
    }

    private static Filter byAuthors(Set<String> hex) {
        return Filter.ANY.authors(hex.stream().map(PublicKey::new).toList());
    }

    private static List<Set<String>> chunks(Set<String> keys, int most) {
        List<Set<String>> chunks = new ArrayList<>();
        Set<String> chunk = new TreeSet<>();
        for (String key : keys) {
            chunk.add(key);
            if (chunk.size() == most) {
                chunks.add(chunk);
                chunk = new TreeSet<>();
            }
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }
}
