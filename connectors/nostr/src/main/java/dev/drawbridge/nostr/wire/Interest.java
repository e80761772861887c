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
record Interest(Set<String> people, Set<String> ours, Set<String> listOwners) {
    /// Keeps a request under the size that common relays take.
    private static final int CHUNK = 900;

    private static final int PAGE = 500;
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
        return new Interest(hex(people), hex(ours), hex(listOwners));
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

    /// The requests, one filter each: where a relay cuts an answer off can only be told filter by filter.
    ///
    /// @param since from when on; empty the first time, when who follows a bot already counts and old posts do not
    /// @param firstSince from when on posts count the first time
    List<Filter> requests(Optional<Long> since, long firstSince) {
        long from = since.orElse(firstSince);
        List<Filter> requests = new ArrayList<>();
        for (Set<String> chunk : chunks(people)) {
            requests.add(byAuthors(chunk).kinds(FROM_PEOPLE).since(from));
            requests.add(byAuthors(chunk).kinds(List.of(Kind.RELAY_LIST)));
        }
        for (Set<String> chunk : chunks(ours)) {
            Filter follows = Filter.ANY.tag('p', chunk).kinds(List.of(Kind.FOLLOWS));
            requests.add(since.map(follows::since).orElse(follows));
            requests.add(Filter.ANY.tag('p', chunk).kinds(TO_OURS).since(from));
            // Wraps claim to be up to two days older than they are.
            requests.add(Filter.ANY.tag('p', chunk).kinds(MESSAGES).since(Math.max(0, from - BACKDATED)));
        }
        for (Set<String> chunk : chunks(listOwners)) {
            requests.add(byAuthors(chunk)
                    .kinds(List.of(Kind.FOLLOWS, Kind.DELETION, Kind.VANISH))
                    .since(from));
        }
        return requests.stream().map(f -> f.limit(PAGE)).toList();
    }

    private static Filter byAuthors(Set<String> hex) {
        return Filter.ANY.authors(hex.stream().map(PublicKey::new).toList());
    }

    private static List<Set<String>> chunks(Set<String> keys) {
        List<Set<String>> chunks = new ArrayList<>();
        Set<String> chunk = new TreeSet<>();
        for (String key : keys) {
            chunk.add(key);
            if (chunk.size() == CHUNK) {
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
