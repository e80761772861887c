package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.FakePeer;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.negentropy.Item;
import dev.drawbridge.nostr.negentropy.ItemSet;
import dev.drawbridge.nostr.negentropy.Reconciliation.Initiator;
import dev.drawbridge.nostr.negentropy.Reconciliation.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Comparing what a client has with what our relay has (NIP-77).
class RelaySessionCompareTest extends SessionScene {
    private static final HexFormat HEX = HexFormat.of();
    private static final String NOTHING = HEX.formatHex(new Initiator(ItemSet.of(List.of()), 0).open());

    private List<RelayMessage> open(String name, Filter filter, String message) {
        return say(new ClientMessage.NegOpen(name, filter, message).json());
    }

    /// What a client that has `mine` lacks.
    private Set<EventId> lacks(Filter filter, List<Event> mine) {
        var initiator = new Initiator(
                ItemSet.of(
                        mine.stream().map(e -> new Item(e.createdAt(), e.id())).toList()),
                0);
        Set<EventId> need = new HashSet<>();
        List<RelayMessage> answer = open("n", filter, HEX.formatHex(initiator.open()));
        while (true) {
            var step = (Step.Progress)
                    initiator.take(HEX.parseHex(((RelayMessage.NegAnswer) answer.getFirst()).message()));
            need.addAll(step.need());
            Optional<byte[]> next = step.next();
            if (next.isEmpty()) {
                say(new ClientMessage.NegClose("n").json());
                return need;
            }
            answer = say(new ClientMessage.NegNext("n", HEX.formatHex(next.get())).json());
        }
    }

    @Test
    void tellsWhatAClientLacks() {
        List<Event> all = java.util.stream.IntStream.range(0, 120)
                .mapToObj(i -> carol.note(now - i / 2, "note " + i))
                .toList();
        all.forEach(store::save);
        Event secret = mallory.event(1059, now, "x", Tag.of("p", ghost.key.hex()));
        store.save(secret);

        Set<EventId> last =
                Set.of(all.get(117).id(), all.get(118).id(), all.get(119).id());
        assertThat(lacks(Filter.ANY, all.subList(0, 117))).isEqualTo(last);
        assertThat(lacks(Filter.ANY.kinds(List.of(7)), List.of())).isEmpty();
    }

    @Test
    void refusesWhatItCannotCompare() {
        assertThat(open("n", Filter.ANY, "62")).containsExactly(new RelayMessage.NegAnswer("n", "61"));
        assertThat(open("n", Filter.ANY, "00"))
                .containsExactly(new RelayMessage.NegError("n", "invalid: not a negentropy message"));
        assertThat(say(new ClientMessage.NegNext("n", NOTHING).json()))
                .containsExactly(new RelayMessage.NegError("n", "closed: no such comparison"));
        assertThat(say("[\"NEG-OPEN\",\"n\",{},\"6\"]"))
                .containsExactly(new RelayMessage.NegError("n", "invalid: message: not lower-case hexadecimal"));
        assertThat(say("[\"NEG-OPEN\",\"n\",{\"ids\":1},\"61\"]"))
                .containsExactly(new RelayMessage.NegError("n", "invalid: ids: not an array"));
        assertThat(open("n", Filter.ANY.kinds(List.of(4)), NOTHING))
                .last()
                .isEqualTo(new RelayMessage.NegError("n", "auth-required: private messages are for those they name"));
    }

    @Test
    void comparesOnlySoMuch() {
        serve(compared(2, 3), Runnable::run);
        var one = new FakePeer();
        RelaySession first = open(one);
        store.save(carol.note(now, "a"));
        store.save(carol.note(now, "b"));
        String ask = new ClientMessage.NegOpen("n", Filter.ANY, NOTHING).json();
        first.text(ask);
        assertThat(heard(one)).first().isInstanceOf(RelayMessage.NegAnswer.class);

        var two = new FakePeer();
        RelaySession second = open(two);
        second.text(ask);
        assertThat(heard(two))
                .containsExactly(new RelayMessage.NegError(
                        "n", "blocked: this relay compares too much already, try again later"));
        first.closed(1000, "");
        second.text(ask);
        assertThat(heard(two)).first().isInstanceOf(RelayMessage.NegAnswer.class);
        store.save(carol.note(now, "c"));
        second.text(ask);
        assertThat(heard(two))
                .containsExactly(new RelayMessage.NegError("n", "blocked: more than 2 events, ask for fewer"));
        for (int i = 0; i < RelayLimits.DEFAULT.comparisons(); i++) {
            second.text(new ClientMessage.NegOpen("n" + i, Filter.ANY.limit(0), NOTHING).json());
        }
        second.text(new ClientMessage.NegOpen("more", Filter.ANY.limit(0), NOTHING).json());
        assertThat(heard(two))
                .last()
                .isEqualTo(new RelayMessage.NegError("more", "blocked: more than 3 comparisons at a time"));
    }

    @Test
    void whoLeavesAComparisonLyingGivesWay() {
        serve(compared(2, 2), Runnable::run);
        store.save(carol.note(now, "a"));
        store.save(carol.note(now, "b"));
        var idle = new FakePeer();
        RelaySession sleeper = open(idle);
        var busy = new FakePeer();
        RelaySession other = open(busy);
        String ask = new ClientMessage.NegOpen("n", Filter.ANY, NOTHING).json();
        sleeper.text(ask);
        idle.heard();

        clock.advance(Duration.ofSeconds(60));
        other.text(ask);
        assertThat(heard(busy)).first().isInstanceOf(RelayMessage.NegError.class);
        clock.advance(Duration.ofSeconds(1));
        other.text(ask);
        assertThat(heard(busy)).first().isInstanceOf(RelayMessage.NegAnswer.class);
        sleeper.text(new ClientMessage.NegNext("n", NOTHING).json());
        assertThat(heard(idle)).containsExactly(new RelayMessage.NegError("n", "closed: no such comparison"));
        sleeper.text(ask);
        assertThat(heard(idle)).first().isInstanceOf(RelayMessage.NegError.class);
    }

    private static RelayLimits compared(int most, long atOnce) {
        RelayLimits d = RelayLimits.DEFAULT;
        return new RelayLimits(
                d.message(),
                d.content(),
                d.tags(),
                d.subscriptions(),
                d.filters(),
                d.events(),
                d.future(),
                d.pending(),
                d.strangers(),
                d.mistakes(),
                d.writers(),
                d.questions(),
                d.values(),
                d.connections(),
                d.comparisons(),
                most,
                d.counted(),
                atOnce,
                0);
    }
}
