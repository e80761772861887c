package dev.drawbridge.nostr.store;

import static dev.drawbridge.nostr.store.EventStore.Saved.DELETED;
import static dev.drawbridge.nostr.store.EventStore.Saved.DUPLICATE;
import static dev.drawbridge.nostr.store.EventStore.Saved.HEEDED;
import static dev.drawbridge.nostr.store.EventStore.Saved.STORED;
import static dev.drawbridge.nostr.store.EventStore.Saved.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.SearchQuery;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.negentropy.Item;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

abstract class EventStoreContract {
    private final People people = new People();
    private final People.Person alice = people.person("alice");
    private final People.Person bob = people.person("bob");

    abstract EventStore store();

    @Test
    void keepsWhatItWasGiven() {
        Event note = alice.note(100, "hi \"you\"\n🦩", Tag.of("t", "x"));

        assertThat(store().save(note)).isEqualTo(STORED);
        assertThat(store().save(note)).isEqualTo(DUPLICATE);
        assertThat(store().find(note.id())).contains(note);
        assertThat(store().find(bob.note(1, "x").id())).isEmpty();
        assertThat(store().holdsAnythingBy(alice.key)).isTrue();
        assertThat(store().holdsAnythingBy(bob.key)).isFalse();
    }

    @Test
    void findsNewestFirstAndTheLowestIdAmongEquals() {
        Event a = alice.note(100, "a");
        Event b = alice.note(100, "b");
        Event late = bob.note(200, "c");
        List.of(a, b, late).forEach(store()::save);
        List<Event> equals = a.id().compareTo(b.id()) < 0 ? List.of(a, b) : List.of(b, a);

        assertThat(store().query(Filter.ANY, 10)).containsExactly(late, equals.get(0), equals.get(1));
        assertThat(store().query(Filter.ANY.limit(2), 10)).containsExactly(late, equals.get(0));
        assertThat(store().query(Filter.ANY.limit(9), 1)).containsExactly(late);
        assertThat(store().query(Filter.ANY.limit(0), 10)).isEmpty();
    }

    @Test
    void findsByEveryConditionOfAFilter() {
        Event tagged = alice.note(100, "a", Tag.of("t", "cats"), Tag.of("t", "dogs"), Tag.of("p", bob.key.hex()));
        Event plain = bob.note(200, "b");
        Event like = bob.event(7, 300, "+", Tag.of("e", tagged.id().hex()));
        List<Event> all = List.of(tagged, plain, like);
        all.forEach(store()::save);

        for (Filter filter : List.of(
                Filter.ANY,
                Filter.ANY.ids(List.of(plain.id())),
                Filter.ANY.ids(List.of()),
                Filter.ANY.authors(List.of(bob.key)),
                Filter.ANY.authors(Set.of()),
                Filter.ANY.kinds(List.of(1)),
                Filter.ANY.kinds(List.of(1, 7)).authors(List.of(bob.key)),
                Filter.ANY.since(200),
                Filter.ANY.until(200),
                Filter.ANY.since(101).until(299),
                Filter.ANY.tag('t', Set.of("dogs")),
                Filter.ANY.tag('t', Set.of("mice", "cats")).tag('p', Set.of(bob.key.hex())),
                Filter.ANY.tag('t', Set.of("cats")).tag('p', Set.of(alice.key.hex())),
                Filter.ANY.tag('e', Set.of(tagged.id().hex())),
                Filter.ANY.tag('t', Set.of()))) {
            assertThat(store().query(filter, 10))
                    .as(filter.json())
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().filter(filter::matches).toList());
        }
    }

    @Test
    void keepsTheLatestOfReplaceableEvents() {
        Event first = alice.event(0, 100, "{}");
        Event second = alice.event(0, 200, "{\"name\":\"a\"}");
        Event others = bob.event(0, 50, "{}");

        assertThat(store().save(first)).isEqualTo(STORED);
        assertThat(store().save(others)).isEqualTo(STORED);
        assertThat(store().save(second)).isEqualTo(STORED);
        assertThat(store().save(first)).isEqualTo(SUPERSEDED);
        assertThat(store().save(second)).isEqualTo(DUPLICATE);
        assertThat(store().query(Filter.ANY, 10)).containsExactly(second, others);
        assertThat(store().at("0:" + alice.key.hex() + ":")).contains(second);
        assertThat(store().find(first.id())).isEmpty();
    }

    @Test
    void breaksTiesByTheLowestIdInEitherOrder() {
        for (String order : List.of("lower first", "higher first")) {
            People.Person someone = people.person(order);
            Event a = someone.event(3, 100, "a");
            Event b = someone.event(3, 100, "b");
            Event lower = a.id().compareTo(b.id()) < 0 ? a : b;
            Event higher = lower == a ? b : a;
            (order.equals("lower first") ? List.of(lower, higher) : List.of(higher, lower)).forEach(store()::save);

            assertThat(store().query(Filter.ANY.authors(List.of(someone.key)), 10))
                    .containsExactly(lower);
        }
    }

    @Test
    void keepsTheLatestOfEachAddress() {
        Event x1 = alice.event(30023, 100, "x1", Tag.of("d", "x"));
        Event y = alice.event(30023, 100, "y", Tag.of("d", "y"));
        Event x2 = alice.event(30023, 200, "x2", Tag.of("d", "x"));
        List.of(x1, y, x2).forEach(store()::save);

        assertThat(store().query(Filter.ANY, 10)).containsExactly(x2, y);
        assertThat(store().at("30023:" + alice.key.hex() + ":y")).contains(y);
    }

    @Test
    void deletesForTheAuthorAndKeepsTheDeletion() {
        Event note = alice.note(100, "oops");
        Event other = alice.note(100, "fine");
        Event deletion = alice.event(5, 200, "", Tag.of("e", note.id().hex()), Tag.of("e", "no id"));
        List.of(note, other).forEach(store()::save);

        assertThat(store().save(deletion)).isEqualTo(STORED);
        assertThat(store().find(note.id())).isEmpty();
        assertThat(store().save(note)).isEqualTo(DELETED);
        assertThat(store().query(Filter.ANY, 10)).containsExactly(deletion, other);
    }

    @Test
    void aDeletionThatComesFirstWinsToo() {
        Event note = alice.note(100, "oops");
        store().save(alice.event(5, 50, "", Tag.of("e", note.id().hex())));

        assertThat(store().save(note)).isEqualTo(DELETED);
        assertThat(store().find(note.id())).isEmpty();
    }

    @Test
    void nobodyDeletesWhatOthersMade() {
        Event note = alice.note(100, "mine");
        Event later = alice.note(101, "mine too");
        Event article = alice.event(30023, 100, "x", Tag.of("d", "x"));
        List.of(note, article).forEach(store()::save);
        store().save(bob.event(
                5,
                200,
                "",
                Tag.of("e", note.id().hex()),
                Tag.of("e", later.id().hex()),
                Tag.of("a", "30023:" + alice.key.hex() + ":x")));

        assertThat(store().save(later)).isEqualTo(STORED);
        assertThat(store().query(Filter.ANY.authors(List.of(alice.key)), 10)).hasSize(3);
    }

    @Test
    void deletesAddressesUpToTheDeletion() {
        Tag d = Tag.of("d", "x");
        Tag address = Tag.of("a", "30023:" + alice.key.hex() + ":x");
        store().save(alice.event(30023, 100, "old", d));
        store().save(alice.event(5, 150, "", address));

        assertThat(store().query(Filter.ANY.kinds(List.of(30023)), 10)).isEmpty();
        assertThat(store().save(alice.event(30023, 150, "as old", d))).isEqualTo(DELETED);
        Event newer = alice.event(30023, 151, "new", d);
        assertThat(store().save(newer)).isEqualTo(STORED);
        store().save(alice.event(5, 120, "", address));
        assertThat(store().find(newer.id())).contains(newer);
        assertThat(store().save(alice.event(30023, 149, "older", d))).isEqualTo(DELETED);
    }

    @Test
    void deletesReplaceableEventsByAddress() {
        store().save(alice.event(0, 100, "{}"));
        store().save(alice.event(5, 100, "", Tag.of("a", "0:" + alice.key.hex() + ":")));

        assertThat(store().at("0:" + alice.key.hex() + ":")).isEmpty();
    }

    @Test
    void deletionsCannotBeDeleted() {
        Event note = alice.note(100, "oops");
        Event deletion = alice.event(5, 200, "", Tag.of("e", note.id().hex()));
        store().save(deletion);
        store().save(alice.event(5, 300, "", Tag.of("e", deletion.id().hex())));

        assertThat(store().find(deletion.id())).contains(deletion);
        assertThat(store().save(note)).isEqualTo(DELETED);
    }

    @Test
    void forgetsPeopleWhoVanish() {
        Event before = alice.note(100, "before");
        Event after = alice.note(201, "after");
        Event others = bob.note(100, "other");
        List.of(before, after, others).forEach(store()::save);

        store().vanish(alice.key, 200);
        assertThat(store().query(Filter.ANY, 10)).containsExactly(after, others);
        assertThat(store().save(before)).isEqualTo(DELETED);
        assertThat(store().save(alice.event(0, 200, "{}"))).isEqualTo(DELETED);
        assertThat(store().vanishedUntil(alice.key)).isEqualTo(200);
        assertThat(store().vanishedUntil(bob.key)).isZero();
        store().vanish(alice.key, 150);
        assertThat(store().vanishedUntil(alice.key)).isEqualTo(200);
    }

    @Test
    void savesManyAsIfOneAfterTheOther() {
        Event note = alice.note(100, "a");
        Event gone = alice.note(101, "gone");
        Event deletion = alice.event(5, 200, "", Tag.of("e", gone.id().hex()));
        Event old = bob.event(0, 100, "{}");
        Event young = bob.event(0, 200, "{}");
        store().save(young);

        assertThat(store().saveAll(List.of(note, gone, note, deletion, gone, old, young)))
                .containsExactly(STORED, STORED, DUPLICATE, STORED, DELETED, SUPERSEDED, DUPLICATE);
        assertThat(store().query(Filter.ANY, 10)).containsExactlyInAnyOrder(deletion, young, note);
        assertThat(store().saveAll(List.of())).isEmpty();
        assertThat(store().present(List.of(note.id(), gone.id(), young.id())))
                .containsExactlyInAnyOrder(note.id(), young.id());
        assertThat(store().present(List.of())).isEmpty();
    }

    @Test
    void countsEachOnceWhateverTheLimit() {
        Event note = alice.note(100, "a");
        List.of(note, bob.note(200, "b"), bob.event(7, 300, "+")).forEach(store()::save);

        assertThat(store().count(List.of(Filter.ANY.kinds(List.of(1)).limit(1)), 9, View.EVERYTHING))
                .isEqualTo(2);
        assertThat(store().count(
                                List.of(Filter.ANY.authors(List.of(bob.key)), Filter.ANY.kinds(List.of(7))),
                                9,
                                View.EVERYTHING))
                .isEqualTo(2);
        assertThat(store().count(List.of(Filter.ANY), 2, View.EVERYTHING)).isEqualTo(2);
        assertThat(store().items(Filter.ANY.kinds(List.of(1)), 1, View.EVERYTHING))
                .containsExactly(new Item(
                        200,
                        store().query(Filter.ANY.kinds(List.of(1)), 1)
                                .getFirst()
                                .id()));
        assertThat(store().items(Filter.ANY, 0, View.EVERYTHING)).isEmpty();
    }

    @Test
    void showsNothingThatExpiredAndFillsUpWithTheRest() {
        Event lasting = alice.note(100, "lasting");
        Event expiring = alice.note(200, "x", Tag.of("expiration", "500"));
        Event later = alice.note(50, "y", Tag.of("expiration", "900"));
        List.of(lasting, expiring, later).forEach(store()::save);

        assertThat(store().query(Filter.ANY, 2, View.of(499, Set.of()))).containsExactly(expiring, lasting);
        assertThat(store().query(Filter.ANY, 2, View.of(500, Set.of()))).containsExactly(lasting, later);
        assertThat(store().count(List.of(Filter.ANY), 9, View.of(500, Set.of())))
                .isEqualTo(2);
        assertThat(store().removeExpired(500)).isEqualTo(1);
        assertThat(store().query(Filter.ANY, 9)).containsExactly(lasting, later);
    }

    @Test
    void showsPrivateMessagesToThoseTheyNameOnly() {
        Event wrap = bob.event(1059, 100, "secret", Tag.of("p", alice.key.hex()));
        Event old = bob.event(4, 90, "secret", Tag.of("p", alice.key.hex()));
        Event open = bob.note(80, "open", Tag.of("p", alice.key.hex()));
        List.of(wrap, old, open).forEach(store()::save);
        People.Person mallory = people.person("mallory");

        assertThat(store().query(Filter.ANY, 9, View.of(1, Set.of()))).containsExactly(open);
        assertThat(store().query(Filter.ANY.kinds(List.of(4, 1059, 1)), 9, View.of(1, Set.of(mallory.key))))
                .containsExactly(open);
        assertThat(store().count(List.of(Filter.ANY), 9, View.of(1, Set.of(mallory.key))))
                .isEqualTo(1);
        assertThat(store().items(Filter.ANY, 9, View.of(1, Set.of(mallory.key))))
                .hasSize(1);
        assertThat(store().query(Filter.ANY, 9, View.of(1, Set.of(alice.key)))).containsExactly(wrap, old, open);
        assertThat(store().query(Filter.ANY, 9, View.of(1, Set.of(bob.key)))).containsExactly(wrap, old, open);
    }

    @Test
    void findsWordsAndProtocols() {
        Event cats = alice.note(100, "Cats & dogs, überall!");
        Event bridged = bob.note(90, "cats", Tag.of("proxy", "https://x.example/1", "activitypub"));
        Event like = bob.event(7, 80, "cats");
        List.of(cats, bridged, like).forEach(store()::save);

        assertThat(search("CATS")).containsExactly(cats, bridged);
        assertThat(search("dogs cats")).containsExactly(cats);
        assertThat(search("Überall")).containsExactly(cats);
        assertThat(search("cat")).isEmpty();
        assertThat(search("cats protocol:activitypub")).containsExactly(bridged);
        assertThat(search("protocol:nostr")).containsExactly(cats, like);
        assertThat(search("cats language:en")).containsExactly(cats, bridged);
    }

    private List<Event> search(String text) {
        return store().query(Filter.ANY.search(SearchQuery.of(text)), 10);
    }

    @Test
    void whoVanishesTakesTheGiftWrapsToThemAlong() {
        Event wrap = bob.event(1059, 100, "x", Tag.of("p", alice.key.hex()));
        Event later = bob.event(1059, 300, "x", Tag.of("p", alice.key.hex()));
        Event note = bob.note(100, "to alice", Tag.of("p", alice.key.hex()));
        List.of(wrap, later, note).forEach(store()::save);

        store().vanish(alice.key, 200);
        assertThat(store().query(Filter.ANY, 9)).containsExactly(later, note);
    }

    @Test
    void whatTheOperatorRemovesMayComeAgain() {
        Event note = alice.note(100, "a");
        Event other = bob.note(100, "b");
        List.of(note, other).forEach(store()::save);

        assertThat(store().remove(Filter.ANY.authors(List.of(alice.key)))).isEqualTo(1);
        assertThat(store().query(Filter.ANY, 9)).containsExactly(other);
        assertThat(store().save(note)).isEqualTo(STORED);
    }

    @Test
    void oneAnswerToAClientHoldsOnlySoMuch() {
        String long_ = "x".repeat((int) EventStore.ANSWER / 10);
        for (int i = 0; i < 12; i++) {
            store().save(alice.note(100 + i, i + long_));
        }

        assertThat(store().query(Filter.ANY, 20, View.of(1, Set.of())))
                .hasSize(10)
                .first()
                .matches(e -> e.createdAt() == 111);
        assertThat(store().query(Filter.ANY, 3, View.of(1, Set.of()))).hasSize(3);
        assertThat(store().items(Filter.ANY, 20, View.of(1, Set.of()))).hasSize(12);
        assertThat(store().query(Filter.ANY, 20)).hasSize(12);
    }

    @Test
    void whoIsForgottenKeepsWhatTheyTookBackAndMaySayTheRestAgain() {
        Event note = alice.note(100, "a");
        Event gone = alice.note(101, "gone");
        Event deletion = alice.event(5, 102, "", Tag.of("e", gone.id().hex()));
        Event vanish = alice.event(62, 50, "", Tag.of("relay", "ALL_RELAYS"));
        Event other = bob.note(100, "b", Tag.of("p", alice.key.hex()));
        List.of(note, gone, alice.event(0, 100, "{}"), deletion, vanish, other).forEach(store()::save);

        assertThat(store().forget(alice.key)).isEqualTo(2);
        assertThat(store().query(Filter.ANY, 9)).containsExactlyInAnyOrder(deletion, vanish, other);
        assertThat(store().save(note)).isEqualTo(STORED);
        assertThat(store().save(gone)).isEqualTo(DELETED);
        assertThat(store().forget(new People().person("nobody").key)).isZero();
    }

    @Test
    void whatTakesBackIsHeededAndNotKeptWithAPrivateKeyInIt() {
        Event note = alice.note(100, "a");
        String key = "nsec1" + "q".repeat(58);
        Event deletion = alice.event(5, 200, key, Tag.of("e", note.id().hex()));
        Event vanish = alice.event(62, 50, key);
        assertThat(store().saveAll(List.of(note, vanish, deletion))).containsExactly(STORED, HEEDED, HEEDED);
        assertThat(store().query(Filter.ANY, 9)).isEmpty();
    }

    @Test
    void oneOfManyAtOnceWins() throws InterruptedException {
        List<Event> versions = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> alice.event(0, 100 + i % 5, "{\"name\":\"" + i + "\"}"))
                .toList();
        var start = new CountDownLatch(1);
        List<Thread> threads = versions.stream()
                .map(v -> Thread.startVirtualThread(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    store().save(v);
                }))
                .toList();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        Event winner = versions.stream().reduce((a, b) -> b.replaces(a) ? b : a).orElseThrow();
        assertThat(store().query(Filter.ANY, 10)).containsExactly(winner);
    }
}
