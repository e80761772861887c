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
                next,
                List.of());
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
        polls().told(poll(1, NOON).id(), List.of(3L, 2L, 1L));
        polls().open(poll(1, NOON.plusSeconds(60)));

        assertThat(polls().due(NOON, 10)).singleElement().satisfies(known -> {
            assertThat(known.next()).isEqualTo(NOON);
            assertThat(known.told()).containsExactly(3L, 2L, 1L);
        });
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
        polls().close(poll.id());
        polls().told(poll.id(), List.of(1L));

        assertThat(polls().due(NOON, 10)).isEmpty();
        assertThat(polls().postpone(poll, NOON)).isFalse();
    }
}
