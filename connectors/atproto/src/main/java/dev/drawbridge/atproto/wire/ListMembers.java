package dev.drawbridge.atproto.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Who is on the lists of people, as their hosts say. Of long lists only the beginning is read. A page that
/// cannot be read is not the end of a list: then nobody can tell, and what was known of it stays.
///
/// Spec: lexicons `app.bsky.graph.listitem`, `com.atproto.repo.listRecords`
public final class ListMembers {
    private static final int PAGES = 20;
    /// A page has a hundred.
    private static final int PAGES_OF_ALL = 1_000;
    private static final int REMEMBERED = 200;
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final People people;
    private final HostClient hosts;
    private final InstantSource clock;
    private final Cache<AtUri, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Known(Set<String> members, Instant until) {}

    public ListMembers(People people, HostClient hosts, InstantSource clock) {
        this.people = people;
        this.hosts = hosts;
        this.clock = clock;
    }

    /// Whether somebody is on a list.
    ///
    /// @throws Unavailable if nobody can tell now
    public boolean holds(AtUri list, Did person) {
        Instant now = clock.instant();
        Known before = known.getIfPresent(list);
        if (before == null || !now.isBefore(before.until)) {
            before = new Known(read(list, PAGES), now.plus(FRESH));
            known.put(list, before);
        }
        return before.members.contains(person.value());
    }

    /// Everybody on a list, of very long ones too; nobody if there is no such list.
    ///
    /// @throws Unavailable if nobody can tell now
    Set<String> all(AtUri list) {
        return read(list, PAGES_OF_ALL);
    }

    private Set<String> read(AtUri list, int most) {
        Set<String> members = new HashSet<>();
        Optional<Did> owner = list.did();
        Optional<URI> host = owner.flatMap(people::document).flatMap(DidDocument::pds);
        Optional<String> cursor = Optional.empty();
        for (int page = 0; host.isPresent() && page < most; page++) {
            Optional<RecordPage> answer =
                    hosts.page(host.get(), owner.get(), "app.bsky.graph.listitem", HostClient.PAGE, cursor);
            if (answer.isEmpty() && page > 0) {
                throw new Unavailable(
                        host.get() + " does not know " + owner.get() + " any more between two pages", Optional.empty());
            }
            answer.ifPresent(found -> found.records().forEach(item -> member(item, list, members)));
            cursor = answer.flatMap(RecordPage::cursor);
            if (cursor.isEmpty()) {
                break;
            }
        }
        return members;
    }

    private static void member(DataMap record, AtUri list, Set<String> members) {
        record.map("value")
                .filter(value -> value.text("list").equals(Optional.of(list.toString())))
                .flatMap(value -> value.text("subject"))
                .ifPresent(members::add);
    }
}
