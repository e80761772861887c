package dev.drawbridge.nostr.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.store.OpenPolls.OpenPoll;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

abstract class OpenPollsContract {
    private static final Instant NOON = Instant.ofEpochSecond(1_800_000_000);

    private final People.Person alice = new People().person("alice");

    abstract OpenPolls polls();

    private OpenPoll poll(int number, Instant next) {
        return new OpenPoll(
                new EventId("%064x".formatted(number)),
                alice.key,
                NOON,
                number % 2 == 0 ? Optional.of(NOON.plusSeconds(3600)) : Optional.empty(),
                next);
    }

    @Test
    void whoWaitsLongestComesFirstAndNobodyBeforeTheirTime() {
        OpenPoll late = poll(1, NOON.plusSeconds(2));
        OpenPoll early = poll(2, NOON.plusSeconds(1));
        polls().open(late);
        polls().open(early);
        polls().open(poll(3, NOON.plusSeconds(3)));

        assertThat(polls().due(NOON, 10)).isEmpty();
        assertThat(polls().due(NOON.plusSeconds(2), 10)).containsExactly(early, late);
        assertThat(polls().due(NOON.plusSeconds(2), 1)).containsExactly(early);
    }

    @Test
    void whatIsKnownIsNotOpenedAnew() {
        polls().open(poll(1, NOON));
        polls().told(poll(1, NOON), List.of(3L, 2L, 1L), Optional.of(NOON));
        polls().open(poll(1, NOON.plusSeconds(60)));

        assertThat(polls().due(NOON, 10)).singleElement().satisfies(known -> {
            assertThat(known.next()).isEqualTo(NOON);
            assertThat(known.told()).containsExactly(3L, 2L, 1L);
            assertThat(known.fewerSince()).contains(NOON);
        });
        polls().told(poll(1, NOON), List.of(3L, 2L, 1L), Optional.empty());
        assertThat(polls().due(NOON, 10))
                .singleElement()
                .satisfies(known -> assertThat(known.fewerSince()).isEmpty());
    }

    @Test
    void ofTwoThatCountAtOnceOneGoesOn() {
        polls().open(poll(1, NOON));
        OpenPoll read = polls().due(NOON, 10).getFirst();

        assertThat(polls().postpone(read, NOON.plusSeconds(60))).isTrue();
        assertThat(polls().postpone(read, NOON.plusSeconds(90))).isFalse();
        assertThat(polls().due(NOON.plusSeconds(59), 10)).isEmpty();
        assertThat(polls().due(NOON.plusSeconds(60), 10)).hasSize(1);
    }

    @Test
    void whatIsClosedIsGone() {
        OpenPoll poll = poll(1, NOON);
        polls().open(poll);
        polls().close(poll, NOON);
        polls().told(poll, List.of(1L), Optional.empty());

        assertThat(polls().due(NOON, 10)).isEmpty();
        assertThat(polls().postpone(poll, NOON)).isFalse();
    }

    @Test
    void whatWasClosedIsNotOpenedAgain() {
        polls().open(poll(1, NOON));
        polls().close(poll(1, NOON), NOON);
        polls().open(poll(1, NOON.plusSeconds(1)));
        assertThat(polls().due(NOON.plusSeconds(60), 10)).isEmpty();

        polls().forget(poll(1, NOON).id());
        polls().open(poll(1, NOON.plusSeconds(1)));
        assertThat(polls().due(NOON.plusSeconds(60), 10)).hasSize(1);
    }

    @Test
    void whoNoLongerCountsChangesNothing() {
        OpenPoll mine = poll(1, NOON);
        polls().open(mine);
        polls().postpone(mine, NOON.plusSeconds(60));
        polls().told(mine, List.of(1L), Optional.of(NOON));
        polls().close(mine, NOON);

        assertThat(polls().due(NOON.plusSeconds(60), 10)).containsExactly(mine.withNext(NOON.plusSeconds(60)));
    }

    @Test
    void ofOnePersonNotAllAreCounted() {
        for (int number = 1; number <= OpenPolls.MOST_OF_ONE + 5; number++) {
            polls().open(poll(number, NOON));
        }
        assertThat(polls().due(NOON, 100)).hasSize(OpenPolls.MOST_OF_ONE);
        polls().close(poll(1, NOON), NOON);
        polls().open(poll(OpenPolls.MOST_OF_ONE + 1, NOON));
        assertThat(polls().due(NOON, 100)).hasSize(OpenPolls.MOST_OF_ONE);
    }

    @Test
    void whatWasClosedLongAgoIsForgotten() {
        polls().open(poll(1, NOON));
        polls().close(poll(1, NOON), NOON);
        polls().open(poll(2, NOON));
        polls().close(poll(2, NOON), NOON.plus(OpenPolls.CLOSED).plusSeconds(1));

        polls().open(poll(1, NOON));
        polls().open(poll(2, NOON));
        assertThat(polls().due(NOON, 10)).containsExactly(poll(1, NOON));
    }
}
