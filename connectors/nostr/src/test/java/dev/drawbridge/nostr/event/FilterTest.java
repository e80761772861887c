package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.People;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private final People people = new People();
    private final People.Person alice = people.person("alice");
    private final Event note = alice.note(100, "hi", Tag.of("t", "cats"), Tag.of("t", "dogs"), Tag.of("title", "x"));

    @Test
    void everyConditionMustHold() {
        var filter = Filter.ANY
                .authors(List.of(alice.key))
                .kinds(List.of(1))
                .since(100)
                .until(100);

        assertThat(filter.matches(note)).isTrue();
        assertThat(filter.kinds(List.of(2)).matches(note)).isFalse();
        assertThat(filter.authors(List.of(people.person("bob").key)).matches(note))
                .isFalse();
        assertThat(filter.since(101).matches(note)).isFalse();
        assertThat(filter.until(99).matches(note)).isFalse();
        assertThat(filter.ids(List.of(note.id())).matches(note)).isTrue();
        assertThat(filter.ids(List.of(new EventId("00".repeat(32)))).matches(note))
                .isFalse();
    }

    @Test
    void oneValueOfATagIsEnoughButEveryTagIsNeeded() {
        assertThat(Filter.ANY.tag('t', List.of("dogs", "mice")).matches(note)).isTrue();
        assertThat(Filter.ANY.tag('t', List.of("mice")).matches(note)).isFalse();
        assertThat(Filter.ANY
                        .tag('t', List.of("cats"))
                        .tag('p', List.of(alice.key.hex()))
                        .matches(note))
                .isFalse();
        assertThat(Filter.ANY.tag('x', List.of("x")).matches(note)).isFalse();
        assertThat(Filter.ANY.tag('T', List.of("cats")).matches(note)).isFalse();
    }

    @Test
    void anEmptyListMatchesNothing() {
        assertThat(Filter.ANY.authors(Set.of()).matches(note)).isFalse();
        assertThat(Filter.ANY.tag('t', Set.of()).matches(note)).isFalse();
        assertThat(Filter.ANY.matches(note)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"ids\":[\"abc\"]}",
                "{\"authors\":[\"ABCDEF0000000000000000000000000000000000000000000000000000000000\"]}",
                "{\"#p\":[\"npub1\"]}",
                "{\"#e\":\"x\"}",
                "{\"kinds\":[\"1\"]}",
                "{\"kinds\":[70000]}",
                "{\"since\":-1}",
                "{\"since\":\"now\"}",
                "{\"search\":7}",
                "{\"#title\":[\"x\"]}",
                "{\"ids\":null}",
                "{\"kinds\":[1],\"kinds\":[2]}"
            })
    void refusesFiltersThatAreNotRight(String json) {
        assertThat(FilterReader.read(json)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void refusesFiltersOfAnySize() {
        String values = "\"x\",".repeat(20_000) + "\"x\"";

        assertThat(FilterReader.read("{\"#t\":[" + values + "]}").toString()).contains("more than 20000");
    }

    @Property(tries = 200, seed = "42")
    void readsWhatItWrote(@ForAll("filters") Filter filter) {
        assertThat(FilterReader.read(filter.json())).isEqualTo(new Reading.Read<>(filter));
    }

    @Property(tries = 300, seed = "42")
    void matchesExactlyWhatAPlainReadingOfTheNipSays(@ForAll("filters") Filter filter, @ForAll("events") Event event) {
        boolean expected = filter.ids()
                        .map(s -> s.stream().anyMatch(event.id().hex()::equals))
                        .orElse(true)
                && filter.authors()
                        .map(s -> s.stream().anyMatch(event.pubkey().hex()::equals))
                        .orElse(true)
                && filter.kinds()
                        .map(s -> s.stream().anyMatch(k -> k == event.kind()))
                        .orElse(true)
                && filter.since().stream().allMatch(s -> s <= event.createdAt())
                && filter.until().stream().allMatch(u -> u >= event.createdAt());
        for (var entry : filter.tags().entrySet()) {
            boolean found = false;
            for (Tag tag : event.tags()) {
                found |= tag.name().equals(entry.getKey().toString())
                        && tag.items().size() > 1
                        && entry.getValue().contains(tag.items().get(1));
            }
            expected &= found;
        }

        assertThat(filter.matches(event)).isEqualTo(expected);
    }

    private static Arbitrary<String> hex() {
        return Arbitraries.of("00", "01", "02").map(s -> s.repeat(32));
    }

    @Provide
    Arbitrary<Filter> filters() {
        return Combinators.combine(
                        hex().set().ofMaxSize(2).optional(0.3),
                        hex().set().ofMaxSize(2).optional(0.3),
                        Arbitraries.of(0, 1, 7).set().ofMaxSize(2).optional(0.4),
                        Arbitraries.maps(
                                        Arbitraries.of('t', 'x'),
                                        Arbitraries.of("a", "b\"", "").set())
                                .ofMaxSize(2),
                        Arbitraries.longs().between(0, 5).optional(0.3),
                        Arbitraries.longs().between(0, 5).optional(0.3),
                        Arbitraries.integers().between(0, 9).optional())
                .as((ids, authors, kinds, tags, since, until, limit) ->
                        new Filter(ids, authors, kinds, tags, since, until, limit, Optional.empty()));
    }

    @Provide
    Arbitrary<Event> events() {
        Arbitrary<Tag> tags = Arbitraries.of("a", "b\"", "")
                .list()
                .ofMaxSize(2)
                .flatMap(values -> Arbitraries.of("t", "x", "tt").map(name -> {
                    var items = new java.util.ArrayList<>(List.of(name));
                    items.addAll(values);
                    return new Tag(items);
                }));
        return Combinators.combine(
                        hex(),
                        hex(),
                        Arbitraries.longs().between(0, 5),
                        Arbitraries.of(0, 1, 7),
                        tags.list().ofMaxSize(3))
                .as((id, key, at, kind, list) ->
                        new Event(new EventId(id), new PublicKey(key), at, kind, list, "", "0".repeat(128)));
    }
}
