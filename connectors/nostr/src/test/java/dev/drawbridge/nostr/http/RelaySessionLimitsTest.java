package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.FakePeer;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.RelayRules.About;
import dev.drawbridge.nostr.store.RelayRules.Rule;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// How much of whom our relay takes, and how it works on much at once.
class RelaySessionLimitsTest extends SessionScene {
    private static String event(Event event) {
        return new ClientMessage.Publish(event).json();
    }

    @Test
    void whatComesTogetherIsStoredTogetherAndAnsweredInOrder() {
        Queue<Runnable> later = new ArrayDeque<>();
        serve(RelayLimits.DEFAULT, later::add);
        var other = new FakePeer();
        RelaySession pipelined = open(other);
        List<Event> notes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            notes.add(carol.note(now, "note " + i));
        }
        Event forged = notes.get(7).unsigned().signed(new byte[64]);
        notes.forEach(n -> pipelined.text(event(n)));
        pipelined.text(event(forged));
        pipelined.text(new ClientMessage.Count("n", List.of(Filter.ANY)).json());
        while (!later.isEmpty()) {
            later.remove().run();
        }

        List<RelayMessage> answers = heard(other);
        assertThat(answers.subList(0, 300))
                .isEqualTo(notes.stream().map(n -> ok(n, "")).toList());
        assertThat(answers.subList(300, 302))
                .containsExactly(
                        no(forged, "invalid: the signature does not match the author"),
                        new RelayMessage.Counted("n", 300, false));
        assertThat(store.batches.stream().filter(n -> n > 0)).containsExactly(256, 44);
        assertThat(sink.taken()).hasSize(300);
    }

    @Test
    void theSameEventTwiceAtOnceReachesTheBridgeOnce() {
        Queue<Runnable> later = new ArrayDeque<>();
        serve(RelayLimits.DEFAULT, later::add);
        var other = new FakePeer();
        RelaySession pipelined = open(other);
        Event note = carol.note(now, "x");
        pipelined.text(event(note));
        pipelined.text(event(note));
        while (!later.isEmpty()) {
            later.remove().run();
        }

        assertThat(heard(other)).containsExactly(ok(note, ""), ok(note, "duplicate: it is here already"));
        assertThat(sink.taken()).hasSize(1);
    }

    @Test
    void anAuthorHasAQuotaWhateverConnectionTheyUse() {
        serve(RelayLimits.DEFAULT.writers(RelayLimits.Rate.perMinute(2)), Runnable::run);
        for (int i = 0; i < 2; i++) {
            var some = new FakePeer();
            Event note = carol.note(now, "note " + i);
            open(some).text(event(note));
            assertThat(heard(some)).containsExactly(ok(note, ""));
        }
        var more = new FakePeer();
        RelaySession last = open(more);
        Event note = carol.note(now, "one more");
        last.text(event(note));
        assertThat(heard(more)).containsExactly(no(note, "rate-limited: slow down"));

        clock.advance(Duration.ofSeconds(30));
        last.text(event(note));
        assertThat(heard(more)).containsExactly(ok(note, ""));
    }

    @Test
    void aLongEventCostsAsMuchAsSeveral() {
        serve(RelayLimits.DEFAULT.writers(RelayLimits.Rate.perMinute(2)), Runnable::run);
        var hers = new FakePeer();
        RelaySession session = open(hers);
        Event article = carol.note(now, "x".repeat(50_000));
        Event note = carol.note(now, "short");
        session.text(event(article));
        session.text(event(note));
        clock.advance(Duration.ofSeconds(59));
        session.text(event(note));
        clock.advance(Duration.ofSeconds(2));
        session.text(event(note));

        assertThat(heard(hers))
                .containsExactly(
                        ok(article, ""),
                        no(note, "rate-limited: slow down"),
                        no(note, "rate-limited: slow down"),
                        ok(note, ""));
    }

    @Test
    void strangersAreCountedByTheirAddressWhereItIsTheirs() {
        for (int i = 0; i < RelayLimits.DEFAULT.strangers().burst(); i++) {
            open(new FakePeer(), "203.0.113." + 9).text(event(mallory.note(now, "spam " + i)));
        }
        Event more = mallory.note(now, "more", Tag.of("p", ghost.key.hex()));
        var same = new FakePeer();
        open(same, "203.0.113.9").text(event(more));
        var other = new FakePeer();
        open(other, "203.0.113.10").text(event(more));
        var proxied = new FakePeer();
        open(proxied, "10.0.0.1").text(event(more));

        assertThat(heard(same)).containsExactly(no(more, "rate-limited: slow down"));
        assertThat(heard(other)).containsExactly(ok(more, ""));
        assertThat(heard(proxied)).containsExactly(ok(more, ""));
    }

    @Test
    void whoSendsNonsenseInAnotherNameIsSlowedDownWithoutHarmToThem() {
        Event forged = carol.note(now, "forged").unsigned().signed(new byte[64]);
        for (int i = 0; i < RelayLimits.DEFAULT.mistakes().burst(); i++) {
            publish(forged);
        }
        assertThat(publish(forged)).isEqualTo(no(forged, "rate-limited: slow down"));

        var hers = new FakePeer();
        Event note = carol.note(now, "mine");
        open(hers).text(event(note));
        assertThat(heard(hers)).containsExactly(ok(note, ""));
    }

    @Test
    void nobodyUsesUpWhatAnotherMayWrite() {
        serve(RelayLimits.DEFAULT.writers(RelayLimits.Rate.perMinute(1)), Runnable::run);
        var theirs = new FakePeer();
        open(theirs).text(event(carol.note(now, "forged").unsigned().signed(new byte[64])));
        assertThat(((RelayMessage.Ok) heard(theirs).getFirst()).message()).startsWith("invalid: ");

        var hers = new FakePeer();
        Event note = carol.note(now, "mine");
        open(hers).text(event(note));
        assertThat(heard(hers)).containsExactly(ok(note, ""));
    }

    @Test
    void whomTheOperatorAllowsIsNoStranger() {
        rules.put(new Rule(About.ALLOWED_KEY, mallory.key.hex(), ""));
        for (int i = 0; i <= RelayLimits.DEFAULT.strangers().burst(); i++) {
            Event note = mallory.note(now, "note " + i);
            assertThat(publish(note)).isEqualTo(ok(note, ""));
        }
    }

    @Test
    void questionsAreLimitedToo() {
        for (int i = 0; i < RelayLimits.DEFAULT.questions().burst(); i++) {
            ask("s", Filter.ANY.limit(0));
        }

        assertThat(ask("s", Filter.ANY)).containsExactly(new RelayMessage.Closed("s", "rate-limited: slow down"));
        clock.advance(Duration.ofMillis(50));
        assertThat(ask("s", Filter.ANY)).containsExactly(end("s"));
    }

    @Test
    void wantsWorkWhereTheOperatorSaysSo() {
        serve(RelayLimits.DEFAULT.difficulty(8), Runnable::run);
        var some = new FakePeer();
        RelaySession working = open(some);
        int nonce = 0;
        Event mined = carol.note(now, "x", Tag.of("nonce", "0", "8"));
        while (!mined.id().hex().startsWith("00")) {
            mined = carol.note(now, "x", Tag.of("nonce", Integer.toString(++nonce), "8"));
        }
        Event lucky = carol.note(now, "y");
        while (!lucky.id().hex().startsWith("00")) {
            lucky = carol.note(now, "y", Tag.of("nonce", Integer.toString(++nonce), "7"));
        }
        Event lazy = carol.note(now, "lazy", Tag.of("nonce", "1", "8"));
        while (lazy.id().hex().startsWith("0")) {
            lazy = carol.note(now, "lazy", Tag.of("nonce", Integer.toString(++nonce), "8"));
        }
        for (Event event : List.of(mined, lucky, lazy)) {
            working.text(event(event));
        }

        List<RelayMessage> answers = heard(some);
        assertThat(answers.get(0)).isEqualTo(ok(mined, ""));
        assertThat(answers.get(1)).isEqualTo(no(lucky, "pow: the nonce tag commits to less than 8"));
        assertThat(((RelayMessage.Ok) answers.get(2)).message()).matches("pow: difficulty [0-3] is less than 8");
    }

    @Test
    void whatGhostsSayIsWrittenInsideTheHouse() {
        Event leaked = ghost.note(now, "not by the bridge");
        Event known = ghost.note(now, "by the bridge");
        store.save(known);

        assertThat(publish(leaked))
                .isEqualTo(no(leaked, "blocked: what people of this bridge say is written by the bridge itself"));
        assertThat(publish(known)).isEqualTo(ok(known, "duplicate: it is here already"));
    }

    @Test
    void heedsTheOperatorsRules() {
        Event banned = carol.note(now, "banned");
        Event stranger = mallory.note(now, "allowed");
        rules.put(new Rule(About.BANNED_EVENT, banned.id().hex(), "not nice"));
        rules.put(new Rule(About.ALLOWED_KEY, mallory.key.hex(), ""));
        sink.answer = new dev.drawbridge.model.spi.Receipt.Ignored("the author did not opt in");

        assertThat(publish(banned)).isEqualTo(no(banned, "blocked: the operator does not want it: not nice"));
        assertThat(publish(stranger)).isEqualTo(ok(stranger, ""));
        assertThat(store.find(stranger.id())).contains(stranger);
        rules.put(new Rule(About.BANNED_KEY, carol.key.hex(), ""));
        Event note = carol.note(now, "x");
        assertThat(publish(note)).isEqualTo(no(note, "blocked: the operator does not want it"));
    }

    @Test
    void oneAddressOpensOnlySoManyConnections() {
        List<RelaySession> opened = new ArrayList<>();
        for (int i = 0; i < RelayLimits.DEFAULT.connections(); i++) {
            opened.add(open(new FakePeer(), "203.0.113.9"));
        }
        int there = hub.size();
        var more = new FakePeer();
        RelaySession refused = open(more, "203.0.113.9");
        refused.text(new ClientMessage.Request("s", List.of(Filter.ANY)).json());
        refused.closed(1013, "");

        assertThat(more.closedWith).isEqualTo(1013);
        assertThat(heard(more))
                .containsExactly(new RelayMessage.Notice("rate-limited: too many connections from one address"));
        assertThat(hub.size()).isEqualTo(there);
        var other = new FakePeer();
        open(other, "203.0.113.10");
        open(other, "10.0.0.1");
        assertThat(other.closedWith).isZero();
        opened.getFirst().closed(1000, "");
        opened.getFirst().closed(1000, "");
        var again = new FakePeer();
        open(again, "203.0.113.9");
        assertThat(again.closedWith).isZero();
        open(again, "203.0.113.9");
        assertThat(again.closedWith).isEqualTo(1013);
    }

    @Test
    void listensForOnlySoMuch() {
        serve(RelayLimits.DEFAULT.values(new RelayLimits.Share(3, 4)), Runnable::run);
        var one = new FakePeer();
        RelaySession first = open(one);
        Filter two = Filter.ANY.authors(List.of(carol.key, ghost.key));
        first.text(new ClientMessage.Request("a", List.of(two)).json());
        first.text(new ClientMessage.Request("b", List.of(two)).json());
        first.text(new ClientMessage.Request("a", List.of(two, Filter.ANY)).json());
        var other = new FakePeer();
        RelaySession second = open(other);
        second.text(new ClientMessage.Request("c", List.of(two)).json());
        second.text(new ClientMessage.Request("d", List.of(Filter.ANY)).json());

        assertThat(heard(one))
                .containsExactly(
                        end("a"),
                        new RelayMessage.Closed("b", "rate-limited: more than 3 values in all filters"),
                        end("a"));
        assertThat(heard(other))
                .containsExactly(
                        new RelayMessage.Closed(
                                "c", "rate-limited: this relay listens for too much already, try again later"),
                        end("d"));
        first.closed(1000, "");
        second.text(new ClientMessage.Request("c", List.of(two)).json());
        assertThat(heard(other)).containsExactly(end("c"));
        second.closed(1000, "");
        assertThat(hub.indexed()).isZero();
    }

    @Test
    void proofsAndComparisonsAreQuestionsToo() {
        for (int i = 0; i < RelayLimits.DEFAULT.questions().burst(); i++) {
            ask("s", Filter.ANY.limit(0));
        }
        Event proof = carol.event(22_242, now, "");

        assertThat(say(new ClientMessage.Authenticate(proof).json()))
                .containsExactly(no(proof, "rate-limited: slow down"));
        assertThat(say(new ClientMessage.NegNext("n", "61").json()))
                .containsExactly(new RelayMessage.NegError("n", "rate-limited: slow down"));
    }

    @Test
    void anAnswerEndsBeforeTheReaderIsBuried() {
        String long_ = "x".repeat(60_000);
        for (int i = 0; i < 80; i++) {
            store.save(carol.note(now - i, i + long_));
        }

        List<RelayMessage> heard = ask("s", Filter.ANY, Filter.ANY.kinds(List.of(0)));

        assertThat(heard).hasSizeBetween(40, 45).last().isEqualTo(new RelayMessage.EndOfStored("s", false));
    }

    @Test
    void countsOnlySoFar() {
        serve(RelayLimits.DEFAULT.counted(2), Runnable::run);
        var other = new FakePeer();
        RelaySession counting = open(other);
        publish(carol.note(now, "a"));
        publish(carol.note(now, "b"));
        String all = new ClientMessage.Count("c", List.of(Filter.ANY)).json();

        counting.text(all);
        publish(carol.note(now, "c"));
        counting.text(all);

        assertThat(heard(other))
                .containsExactly(new RelayMessage.Counted("c", 2, false), new RelayMessage.Counted("c", 2, true));
    }

    @Test
    void subscriptionsLeaveNothingBehind() {
        ask("a", Filter.ANY.kinds(List.of(1)));
        ask("a", Filter.ANY.authors(List.of(carol.key, ghost.key)), Filter.ANY.tag('t', List.of("x")));
        ask("b", Filter.ANY);
        assertThat(hub.indexed()).isEqualTo(4);
        say("[\"CLOSE\",\"a\"]");
        assertThat(hub.indexed()).isEqualTo(1);
        session.closed(1000, "");

        assertThat(hub.indexed()).isZero();
    }
}
