package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.ALICE;
import static dev.drawbridge.testkit.contract.Samples.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Digests;
import dev.drawbridge.model.port.Digests.Rhythm;
import dev.drawbridge.model.port.Digests.Tally;
import dev.drawbridge.model.port.Digests.Wish;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Digests] must do.
public abstract class DigestsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000000001Z");
    private static final NativeId FIRST = new NativeId(Network.NOSTR, "aa");
    private static final NativeId SECOND = new NativeId(Network.NOSTR, "bb");
    private Digests digests = none();

    /// An implementation that holds nothing.
    protected abstract Digests none();

    @BeforeEach
    void startEmpty() {
        digests = none();
    }

    private static NativeId answer(int number) {
        return new NativeId(Network.NOSTR, "answer " + number);
    }

    @Test
    void aWishIsKeptAndReplacedAndIsNobodyElses() {
        digests.put(new Wish(ALICE, Rhythm.DAILY, NOON));
        assertThat(digests.find(ALICE)).contains(new Wish(ALICE, Rhythm.DAILY, NOON));
        assertThat(digests.find(BOB)).isEmpty();
        digests.put(new Wish(ALICE, Rhythm.WEEKLY, NOON.plusSeconds(1)));
        assertThat(digests.find(ALICE)).contains(new Wish(ALICE, Rhythm.WEEKLY, NOON.plusSeconds(1)));
    }

    @Test
    void anyWishMakesThemWanted() {
        digests.count(ALICE, FIRST, answer(1), NOON);
        assertThat(digests.areWanted()).isFalse();
        digests.put(new Wish(ALICE, Rhythm.DAILY, NOON));
        digests.put(new Wish(BOB, Rhythm.WEEKLY, NOON));
        digests.remove(ALICE);
        assertThat(digests.areWanted()).isTrue();
        digests.remove(BOB);
        assertThat(digests.areWanted()).isFalse();
    }

    @Test
    void whatIsDueComesInItsTurn() {
        var weekly = new Wish(ALICE, Rhythm.WEEKLY, NOON);
        var daily = new Wish(BOB, Rhythm.DAILY, NOON);
        digests.put(weekly);
        digests.put(daily);
        assertThat(digests.due(daily.due().minusNanos(1), 9)).isEmpty();
        assertThat(digests.due(daily.due(), 9)).containsExactly(daily);
        assertThat(digests.due(weekly.due(), 9)).containsExactly(daily, weekly);
        assertThat(digests.due(weekly.due(), 1)).containsExactly(daily);
        digests.put(new Wish(BOB, Rhythm.DAILY, NOON.plus(Duration.ofDays(8))));
        assertThat(digests.due(weekly.due(), 9)).containsExactly(weekly);
    }

    @Test
    void anAnswerCountsOnceWhereItWasGiven() {
        digests.count(ALICE, FIRST, answer(1), NOON);
        digests.count(ALICE, FIRST, answer(1), NOON.plusSeconds(5));
        digests.count(ALICE, SECOND, answer(2), NOON);
        digests.count(ALICE, SECOND, answer(3), NOON);
        digests.count(BOB, FIRST, answer(1), NOON);
        assertThat(digests.counted(ALICE, NOON)).containsExactly(new Tally(SECOND, 2), new Tally(FIRST, 1));
        assertThat(digests.counted(BOB, NOON)).containsExactly(new Tally(FIRST, 1));
        assertThat(digests.counted(ALICE, NOON.minusNanos(1))).isEmpty();
        assertThat(digests.waiting(ALICE, 100)).isEqualTo(3);
        assertThat(digests.waiting(ALICE, 2)).isEqualTo(2);
    }

    @Test
    void whatWasToldIsForgottenAndWhatCameLaterStays() {
        digests.count(ALICE, FIRST, answer(1), NOON);
        digests.count(ALICE, FIRST, answer(2), NOON.plusNanos(1));
        digests.count(BOB, FIRST, answer(3), NOON);
        digests.clear(ALICE, NOON);
        assertThat(digests.counted(ALICE, NOON.plusSeconds(1))).containsExactly(new Tally(FIRST, 1));
        assertThat(digests.counted(BOB, NOON)).hasSize(1);
    }

    @Test
    void whoWantsNoneHasNothingLeft() {
        digests.put(new Wish(ALICE, Rhythm.DAILY, NOON));
        digests.put(new Wish(BOB, Rhythm.DAILY, NOON));
        digests.count(ALICE, FIRST, answer(1), NOON);
        digests.remove(ALICE);
        digests.remove(ALICE);
        assertThat(digests.find(ALICE)).isEmpty();
        assertThat(digests.counted(ALICE, NOON)).isEmpty();
        assertThat(digests.find(BOB)).isPresent();
    }

    @Test
    void ofManyAtOnceOneCounts() {
        Race.of(8, i -> {
            digests.count(ALICE, FIRST, answer(1), NOON.plusSeconds(i));
            return i;
        });
        assertThat(digests.waiting(ALICE, 100)).isEqualTo(1);
    }
}
