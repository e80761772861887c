package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.InMemoryEventStore;
import dev.drawbridge.nostr.store.MongoEventStore;
import dev.drawbridge.nostr.store.View;
import dev.drawbridge.testkit.TestMongo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Random events and filters: both stores and live subscriptions against a filter that is read off the NIP word by
/// word and shares no code with them.
@ExtendWith(TestMongo.class)
class FilterFuzzTest {
    private static final int ROUNDS = 8;
    private static final int EVENTS = 150;
    private static final int FILTERS = 250;
    private static final long NOW = 50;

    @Test
    void everybodyFindsTheSame(MongoDatabase database) {
        long start = Long.getLong("fuzz.seed", 20_260_101L);
        for (long seed = start; seed < start + ROUNDS; seed++) {
            database.drop();
            round(new Random(seed), new MongoEventStore(database), "seed " + seed);
        }
    }

    private void round(Random random, EventStore mongo, String seed) {
        var memory = new InMemoryEventStore();
        List<Event> model = new ArrayList<>();
        List<Filter> filters = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(event(random));
        }
        for (int i = 0; i < FILTERS; i++) {
            filters.add(filter(random, events));
        }
        List<List<String>> live = new ArrayList<>();
        RelayHub hub = new RelayHub();
        for (Filter filter : filters) {
            List<String> heard = new ArrayList<>();
            var subscription = new Subscription("s", List.of(filter), View.of(NOW, Set.of())::shows, heard::add);
            assertThat(hub.listen(subscription, 1_000_000)).isTrue();
            subscription.stored(List.of(), true);
            heard.clear();
            live.add(heard);
        }
        for (Event event : events) {
            assertThat(mongo.save(event)).as(seed).isEqualTo(memory.save(event));
            keep(model, event);
            hub.published(event);
        }
        for (int i = 0; i < FILTERS; i++) {
            compare(filters.get(i), model, mongo, memory, seed);
            List<String> expected = events.stream()
                    .filter(shown(filters.get(i)))
                    .map(e -> RelayMessage.sent("s", e.json()))
                    .toList();
            assertThat(live.get(i)).as(seed + " " + filters.get(i).json()).isEqualTo(expected);
        }
    }

    private static java.util.function.Predicate<Event> shown(Filter filter) {
        return e -> matches(filter, e) && !expired(e) && e.kind() != 4;
    }

    private static void compare(Filter filter, List<Event> model, EventStore mongo, EventStore memory, String seed) {
        View view = View.of(NOW, Set.of());
        List<Event> all = model.stream()
                .filter(shown(filter))
                .sorted(Comparator.comparingLong(Event::createdAt).reversed().thenComparing(e -> e.id().hex()))
                .toList();
        List<Event> expected =
                all.subList(0, Math.min(all.size(), Math.min(40, filter.limit().orElse(40))));
        String what = seed + " " + filter.json();
        for (EventStore store : List.of(mongo, memory)) {
            assertThat(store.query(filter, 40, view)).as(what).isEqualTo(expected);
            assertThat(store.count(List.of(filter), 100_000, view)).as(what).isEqualTo(all.size());
            assertThat(store.items(filter, 40, view))
                    .as(what)
                    .extracting(i -> i.id())
                    .isEqualTo(expected.stream().map(Event::id).toList());
        }
    }

    /// A later version of the same address takes the place of the earlier one.
    private static void keep(List<Event> model, Event event) {
        if (model.stream().anyMatch(e -> e.id().equals(event.id()))) {
            return;
        }
        boolean replaceable = event.kind() == 0 || event.kind() == 30_023;
        for (Event other : List.copyOf(model)) {
            boolean sameSlot = replaceable
                    && other.kind() == event.kind()
                    && other.pubkey().equals(event.pubkey())
                    && (event.kind() == 0 || d(other).equals(d(event)));
            if (sameSlot) {
                boolean later = event.createdAt() > other.createdAt()
                        || (event.createdAt() == other.createdAt()
                                && event.id().hex().compareTo(other.id().hex()) < 0);
                if (!later) {
                    return;
                }
                model.remove(other);
            }
        }
        model.add(event);
    }

    private static String d(Event event) {
        for (Tag tag : event.tags()) {
            if (tag.items().getFirst().equals("d")) {
                return tag.items().size() > 1 ? tag.items().get(1) : "";
            }
        }
        return "";
    }

    private static boolean expired(Event event) {
        for (Tag tag : event.tags()) {
            if (tag.items().getFirst().equals("expiration")) {
                return Long.parseLong(tag.items().get(1)) <= NOW;
            }
        }
        return false;
    }

    private static boolean matches(Filter filter, Event event) {
        boolean fits = true;
        if (filter.ids().isPresent()) {
            fits &= filter.ids().get().contains(event.id().hex());
        }
        if (filter.authors().isPresent()) {
            fits &= filter.authors().get().contains(event.pubkey().hex());
        }
        if (filter.kinds().isPresent()) {
            fits &= filter.kinds().get().contains(event.kind());
        }
        if (filter.since().isPresent()) {
            fits &= filter.since().get() <= event.createdAt();
        }
        if (filter.until().isPresent()) {
            fits &= filter.until().get() >= event.createdAt();
        }
        for (Map.Entry<Character, Set<String>> wanted : filter.tags().entrySet()) {
            boolean found = false;
            for (Tag tag : event.tags()) {
                found |= tag.items().size() > 1
                        && tag.items().get(0).equals("" + wanted.getKey())
                        && wanted.getValue().contains(tag.items().get(1));
            }
            fits &= found;
        }
        return fits;
    }

    private static final List<Integer> KINDS = List.of(0, 1, 1, 1, 4, 7, 1111, 30_023);
    private static final List<String> VALUES = List.of("a", "b", "A", "", "a:b", "$in", "ü", "x.y", "\"");
    private static final List<String> NAMES = List.of("t", "T", "p", "d", "e", "tt", "proxy");

    private static Event event(Random random) {
        List<Tag> tags = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = one(random, NAMES);
            tags.add(
                    switch (random.nextInt(8)) {
                        case 0 -> Tag.of(name);
                        case 1 -> Tag.of(name, one(random, VALUES), one(random, VALUES));
                        default ->
                            Tag.of(name, name.equals("p") || name.equals("e") ? hex(random) : one(random, VALUES));
                    });
        }
        if (random.nextInt(6) == 0) {
            tags.add(Tag.of("expiration", Integer.toString(45 + random.nextInt(10))));
        }
        var unsigned = new UnsignedEvent(
                new PublicKey(hex(random)), random.nextInt(30), one(random, KINDS), tags, "" + random.nextInt(6));
        return unsigned.signed(new byte[64]);
    }

    private static Filter filter(Random random, List<Event> events) {
        Filter filter = Filter.ANY;
        if (random.nextInt(6) == 0) {
            filter = filter.ids(some(
                    random,
                    () -> random.nextInt(5) == 0
                            ? new EventId(hex(random))
                            : one(random, events).id()));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.authors(some(random, () -> new PublicKey(hex(random))));
        }
        if (random.nextInt(2) == 0) {
            filter = filter.kinds(some(random, () -> one(random, KINDS)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = one(random, List.of("t", "T", "p", "d", "e"));
            boolean hex = name.equals("p") || name.equals("e");
            filter = filter.tag(name.charAt(0), some(random, () -> hex ? hex(random) : one(random, VALUES)));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.since(random.nextInt(30));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.until(random.nextInt(30));
        }
        return random.nextInt(3) == 0 ? filter.limit(random.nextInt(12)) : filter;
    }

    private static <T> Set<T> some(Random random, java.util.function.Supplier<T> next) {
        Set<T> some = new java.util.HashSet<>();
        for (int i = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(3); i > 0; i--) {
            some.add(next.get());
        }
        return some;
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String hex(Random random) {
        return ("0" + random.nextInt(6)).repeat(32);
    }
}
