package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When the votes in polls of ours are counted, where they are read, and what is kept of them.
class TalliesTest extends TallyScene {
    @Test
    void whatWasVotedIsToldAfterAWhileAndOnlyIfItChanged() {
        asks();
        world.timer.run(HOUR);
        assertThat(told()).as("nobody voted").isEmpty();

        votes(relay, "dan", "a");
        votes(relay, "eve", "b");
        votes(relay, "fay", "b");
        world.timer.run(HOUR);
        assertThat(counts()).containsExactly(1L, 2L);
        world.timer.run(HOUR);
        assertThat(told()).isEmpty();

        votes(relay, "dan", "b");
        world.timer.run(HOUR);
        assertThat(counts()).as("dan has thought about it").containsExactly(0L, 3L);
    }

    @Test
    void manyVotesAreToldInFewWords() {
        asks();
        for (int minute = 0; minute < 60; minute++) {
            votes(relay, "voter" + minute, "a");
            world.timer.run(Duration.ofMinutes(1));
        }
        assertThat(told())
                .hasSizeBetween(6, 13)
                .last()
                .satisfies(tally -> assertThat(tally.voters()).isGreaterThan(50));
    }

    @Test
    void theResultIsToldOnceAlsoIfNothingChanged() {
        asks(ends(now + 600));
        votes(relay, "dan", "a");
        world.timer.run(Duration.ofMinutes(8));
        assertThat(told()).singleElement().satisfies(t -> assertThat(t.ended()).isFalse());
        world.timer.run(Duration.ofMinutes(4));
        assertThat(told()).singleElement().satisfies(tally -> {
            assertThat(tally.ended()).isTrue();
            assertThat(tally.votes()).containsExactly(1L, 0L);
        });
        votes(relay, "eve", "a");
        world.timer.run(Duration.ofDays(2));
        assertThat(told()).isEmpty();
        assertThat(store.polls().due(world.clock.instant(), 10)).isEmpty();
    }

    @Test
    void votesAreReadWhereTheAuthorWantsThemAndCountedOnce() {
        asks(Tag.of("relay", WANTED));
        votes(relay, "dan", "a");
        votes(wanted, "eve", "b");
        wanted.events.putAll(relay.events);
        world.timer.run(HOUR);

        assertThat(counts()).containsExactly(1L, 1L);
        assertThat(world.sockets.connected(WANTED))
                .as("nothing else is wanted there")
                .isFalse();
    }

    @Test
    void morePagesAreReadThanOne() {
        asks();
        for (int n = 0; n < 650; n++) {
            votes(relay, "voter" + n, "a");
            world.timer.run(Duration.ofSeconds(n % 2));
        }
        world.timer.run(HOUR);
        assertThat(told()).last().satisfies(tally -> assertThat(tally.votes()).containsExactly(650L, 0L));
    }

    @Test
    void fewerVotesThanWereToldAreAskedForAgain() {
        asks(ends(now + 7_200));
        votes(relay, "dan", "a");
        votes(relay, "eve", "a");
        world.timer.run(Duration.ofMinutes(10));
        assertThat(counts()).containsExactly(2L, 0L);

        Event away = relay.of(Kind.VOTE).getLast();
        relay.events.remove(away.id().hex());
        world.timer.run(HOUR);
        assertThat(told()).as("a relay is away").isEmpty();
        votes(relay, "fay", "b");
        relay.events.put(away.id().hex(), away);
        world.timer.run(HOUR);
        assertThat(told()).first().satisfies(tally -> assertThat(tally.votes()).containsExactly(2L, 1L));
    }

    @Test
    void aResultDoesNotWaitForEver() {
        asks(ends(now + 1_200));
        votes(relay, "dan", "a");
        votes(relay, "eve", "a");
        world.timer.run(Duration.ofMinutes(10));
        assertThat(counts()).containsExactly(2L, 0L);
        relay.events.remove(relay.of(Kind.VOTE).getLast().id().hex());
        world.timer.run(HOUR);
        assertThat(told()).isEmpty();
        world.timer.run(HOUR);
        assertThat(told()).singleElement().satisfies(tally -> {
            assertThat(tally.ended()).isTrue();
            assertThat(tally.votes()).containsExactly(1L, 0L);
        });
    }

    @Test
    void aPollThatNobodyHasNowIsLookedForAgain() {
        asks(ends(now + 600));
        votes(relay, "dan", "a");
        relay.events.remove(poll.id().hex());
        world.timer.run(HOUR);
        assertThat(told()).isEmpty();
        relay.events.put(poll.id().hex(), poll);
        world.timer.run(HOUR);
        assertThat(told()).last().satisfies(tally -> assertThat(tally.ended()).isTrue());
    }

    @Test
    void aForgedVoteDoesNotCount() {
        asks();
        votes(relay, "dan", "a");
        Event vote = relay.of(Kind.VOTE).getFirst();
        relay.events.put(vote.id().hex(), vote.unsigned().signed(new byte[64]));
        world.timer.run(HOUR);

        assertThat(told()).isEmpty();
    }

    @Test
    void nothingIsKeptOfWhoVoted() {
        asks();
        votes(relay, "dan", "a");
        world.timer.run(HOUR);

        assertThat(counts()).containsExactly(1L, 0L);
        assertThat(stored(Filter.ANY)).isEmpty();
        assertThat(store.polls().due(world.clock.instant().plus(HOUR), 10))
                .singleElement()
                .satisfies(open -> assertThat(open.told()).containsExactly(1L, 1L, 0L));
    }

    @Test
    void whoLeavesIsNotCountedForAnyMore() {
        asks();
        votes(relay, "dan", "a");
        world.watchlist.people.clear();
        world.watchlist.changed();
        world.timer.run(HOUR);

        assertThat(told()).isEmpty();
        assertThat(store.polls().due(world.clock.instant().plus(HOUR), 10)).isEmpty();
    }

    @Test
    void aResultThatCannotBeTakenNowIsToldLater() {
        asks(ends(now + 60));
        votes(relay, "dan", "a");
        world.sink.answer = new Receipt.Busy(Duration.ofMinutes(1));
        world.timer.run(Duration.ofMinutes(20));
        world.sink.answer = new Receipt.Accepted();
        world.timer.run(Duration.ofMinutes(20));

        assertThat(counts()).containsExactly(1L, 0L);
    }

    @Test
    void anotherStartGoesOnCounting() {
        asks(ends(now + 3_600));
        connector.stop();
        votes(relay, "dan", "a");
        var next = new NostrConnector(world.context, store, world.timer, Runnable::run);
        next.start(world.sink);
        world.timer.run(Duration.ofHours(2));

        List<NativeEvent> taken = world.sink.taken();
        assertThat(taken).filteredOn(e -> e.kind() == NativeEvent.Kind.EDIT).hasSize(2);
    }

    @Test
    void whatDoesNotEndIsCountedForAMonth() {
        asks();
        world.timer.run(Duration.ofDays(32));
        votes(relay, "dan", "a");
        world.timer.run(Duration.ofDays(1));

        assertThat(told()).isEmpty();
        assertThat(store.polls().due(world.clock.instant(), 10)).isEmpty();
    }
}
