package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.INBOX;
import static dev.drawbridge.testkit.contract.Samples.NOON;
import static dev.drawbridge.testkit.contract.Samples.OTHER_INBOX;
import static dev.drawbridge.testkit.contract.Samples.RELAY;
import static dev.drawbridge.testkit.contract.Samples.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.port.Parking;
import dev.drawbridge.model.port.Parking.Parked;
import dev.drawbridge.model.port.Parking.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Parking] must do.
public abstract class ParkingContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant LATER = NOON.plus(MINUTE);

    private Parking parking = empty();

    /// An implementation that holds nothing.
    protected abstract Parking empty();

    @BeforeEach
    void startEmpty() {
        parking = empty();
    }

    @Test
    void nothingWaitsAtFirst() {
        assertThat(parking.count()).isZero();
        assertThat(parking.holdsKey("k")).isFalse();
        assertThat(parking.head("k")).isEmpty();
        assertThat(parking.keyOfSubject("s")).isEmpty();
        assertThat(parking.due(Instant.parse("9999-01-01T00:00:00Z"), 10)).isEmpty();
        assertThat(parking.queues(10)).isEmpty();
    }

    @Test
    void aParkedDeliveryComesBackAsItWas() {
        Delivery delivery = delivery(1, INBOX);
        parking.park(delivery, "k", "s", "503 from social.example", NOON, LATER);
        Parked head = parking.head("k").orElseThrow();
        assertThat(head).isEqualTo(new Parked(delivery, "k", "s", "503 from social.example", 0, NOON, head.sequence()));
        assertThat(parking.holdsKey("k")).isTrue();
        assertThat(parking.keyOfSubject("s")).contains("k");
        assertThat(parking.count()).isEqualTo(1);
    }

    @Test
    void deliveriesOfAKeyLeaveInTheOrderTheyCame() {
        List<Integer> came = List.of(5, 3, 9, 1, 7);
        came.forEach(i -> park(i, INBOX, "k"));
        park(2, RELAY, "another");
        assertThat(drain("k"))
                .isEqualTo(came.stream().map(i -> delivery(i, INBOX).id()).toList());
        assertThat(parking.holdsKey("k")).isFalse();
        assertThat(parking.holdsKey("another")).isTrue();
        assertThat(parking.count()).isEqualTo(1);
    }

    @Test
    void whatIsMovedWaitsBehindAnotherKeyAndHasWaitedSinceThen() {
        park(1, INBOX, "k");
        park(2, INBOX, "another");
        Parked moved = parking.head("k").orElseThrow();
        parking.move(moved, "another", "429", LATER);
        parking.move(moved, "another", "429", LATER);
        assertThat(parking.holdsKey("k")).isFalse();
        assertThat(parking.count()).isEqualTo(2);
        parking.remove(delivery(2, INBOX).id());
        Parked there = parking.head("another").orElseThrow();
        assertThat(there)
                .isEqualTo(new Parked(
                        moved.delivery(), "another", moved.subject(), "429", 0, moved.since(), there.sequence()));
        parking.remove(moved.delivery().id());
        parking.move(moved, "k", "429", LATER);
        assertThat(parking.count()).isZero();
        assertThat(parking.holdsKey("k")).isFalse();
        assertThat(parking.queues(10)).isEmpty();
        assertThat(parking.due(LATER, 10)).isEmpty();
    }

    @Test
    void orderHoldsForMoreThanAFew() {
        for (int i = 0; i < 120; i++) {
            park(i, INBOX, "k");
        }
        for (int i = 0; i < 120; i++) {
            assertThat(parking.head("k").orElseThrow().delivery().id())
                    .isEqualTo(delivery(i, INBOX).id());
            parking.remove(delivery(i, INBOX).id());
        }
        assertThat(parking.count()).isZero();
    }

    @Test
    void parkingTwiceLeavesTheFirstInPlace() {
        park(1, INBOX, "k");
        park(2, INBOX, "k");
        parking.park(delivery(1, INBOX), "k", "other subject", "again", LATER, LATER.plus(MINUTE));
        parking.park(delivery(1, INBOX), "other key", "s1", "again", LATER, LATER.plus(MINUTE));
        assertThat(parking.count()).isEqualTo(2);
        assertThat(parking.head("k").orElseThrow().reason()).isEqualTo("down");
        assertThat(parking.head("k").orElseThrow().since()).isEqualTo(NOON);
        assertThat(parking.holdsKey("other key")).isFalse();
    }

    @Test
    void aKeyThatHoldsNothingYetBecomesDueAtTheGivenTime() {
        parking.park(delivery(1, INBOX), "k", "s", "down", NOON, LATER);
        assertThat(parking.due(LATER.minusNanos(1), 10)).isEmpty();
        assertThat(parking.due(LATER, 10)).containsExactly(new Queue("k", 1, "down", 0, NOON, LATER));
    }

    @Test
    void aKeyThatHoldsSomethingKeepsItsTime() {
        parking.park(delivery(1, INBOX), "k", "s", "down", NOON, LATER);
        parking.park(delivery(2, INBOX), "k", "s", "behind", NOON, LATER.plus(MINUTE));
        parking.park(delivery(3, INBOX), "k", "s", "behind", NOON, NOON);
        assertThat(parking.due(LATER.minusNanos(1), 10)).isEmpty();
        assertThat(parking.due(LATER, 10)).containsExactly(new Queue("k", 3, "down", 0, NOON, LATER));
    }

    @Test
    void anEmptiedKeyForgetsItsTime() {
        parking.park(delivery(1, INBOX), "k", "s", "down", NOON, LATER);
        parking.remove(delivery(1, INBOX).id());
        assertThat(parking.due(LATER, 10)).isEmpty();
        assertThat(parking.queues(10)).isEmpty();
        parking.park(delivery(2, INBOX), "k", "s", "down again", LATER, LATER.plus(MINUTE));
        assertThat(parking.due(LATER, 10)).isEmpty();
        assertThat(parking.due(LATER.plus(MINUTE), 10))
                .containsExactly(new Queue("k", 1, "down again", 0, LATER, LATER.plus(MINUTE)));
    }

    @Test
    void dueKeysComeLongestWaitingFirstAndNoMoreThanAsked() {
        parking.park(delivery(1, INBOX), "young", "s1", "down", NOON.plusSeconds(2), NOON.plusSeconds(3));
        parking.park(delivery(2, OTHER_INBOX), "old", "s2", "down", NOON, NOON.plusSeconds(5));
        parking.park(delivery(3, RELAY), "middle", "s3", "down", NOON.plusSeconds(1), NOON.plusSeconds(4));
        parking.park(delivery(4, RELAY), "not yet", "s4", "down", NOON, NOON.plusSeconds(60));
        assertThat(parking.due(NOON.plusSeconds(5), 10))
                .extracting(Queue::key)
                .containsExactly("old", "middle", "young");
        assertThat(parking.due(NOON.plusSeconds(5), 2)).extracting(Queue::key).containsExactly("old", "middle");
        assertThat(parking.due(NOON.plusSeconds(3), 2)).extracting(Queue::key).containsExactly("young");
    }

    @Test
    void aKeyWaitsSinceItBeganToHoldSomething() {
        parking.park(delivery(1, INBOX), "k", "s1", "down", NOON, LATER);
        parking.park(delivery(2, INBOX), "k", "s2", "behind", NOON.plusSeconds(9), LATER);
        parking.remove(delivery(1, INBOX).id());
        assertThat(parking.due(LATER, 10)).containsExactly(new Queue("k", 1, "behind", 0, NOON, LATER));
        assertThat(parking.head("k").orElseThrow().since()).isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void postponingSetsTheTimeAndCountsAnAttemptOfTheHead() {
        park(1, INBOX, "k");
        park(2, INBOX, "k");
        parking.postpone("k", "still down", LATER.plus(MINUTE));
        parking.postpone("k", "timed out", LATER.plus(MINUTE).plus(MINUTE));
        assertThat(parking.due(LATER.plus(MINUTE), 10)).isEmpty();
        assertThat(parking.queues(10))
                .containsExactly(new Queue(
                        "k", 2, "timed out", 2, NOON, LATER.plus(MINUTE).plus(MINUTE)));
        assertThat(parking.head("k").orElseThrow().attempts()).isEqualTo(2);
        parking.remove(delivery(1, INBOX).id());
        assertThat(parking.head("k").orElseThrow().attempts()).isZero();
        assertThat(parking.head("k").orElseThrow().reason()).isEqualTo("down");
    }

    @Test
    void postponingAKeyThatHoldsNothingDoesNothing() {
        parking.postpone("k", "down", LATER);
        assertThat(parking.holdsKey("k")).isFalse();
        assertThat(parking.due(LATER, 10)).isEmpty();
    }

    @Test
    void aReleasedKeyIsDueAtOnce() {
        parking.park(delivery(1, INBOX), "k", "s", "parent missing", NOON, LATER.plus(MINUTE));
        parking.park(delivery(2, RELAY), "other", "s2", "down", NOON, LATER.plus(MINUTE));
        parking.release("k", LATER);
        parking.release("empty", LATER);
        assertThat(parking.due(LATER, 10)).extracting(Queue::key).containsExactly("k");
        assertThat(parking.holdsKey("empty")).isFalse();
    }

    @Test
    void releasingNeverMakesAKeyWaitLonger() {
        parking.park(delivery(1, INBOX), "k", "s", "down", NOON, NOON);
        parking.release("k", LATER);
        assertThat(parking.due(NOON, 10)).extracting(Queue::key).containsExactly("k");
    }

    @Test
    void theSubjectOfWhateverWaitsIsFoundUntilTheLastOfItLeft() {
        parking.park(delivery(1, INBOX), "k", "post 1", "down", NOON, LATER);
        parking.park(delivery(2, INBOX), "k", "post 1", "down", NOON, LATER);
        parking.remove(delivery(1, INBOX).id());
        assertThat(parking.keyOfSubject("post 1")).contains("k");
        parking.remove(delivery(2, INBOX).id());
        assertThat(parking.keyOfSubject("post 1")).isEmpty();
    }

    @Test
    void takingOutTheMiddleLeavesTheRestInOrder() {
        for (int i = 1; i <= 4; i++) {
            park(i, INBOX, "k");
        }
        parking.remove(delivery(2, INBOX).id());
        parking.remove(delivery(3, INBOX).id());
        parking.remove("never parked");
        assertThat(parking.queues(1)).extracting(Queue::size).containsExactly(2L);
        parking.remove(delivery(1, INBOX).id());
        assertThat(parking.head("k").orElseThrow().delivery()).isEqualTo(delivery(4, INBOX));
        parking.remove(delivery(4, INBOX).id());
        assertThat(parking.holdsKey("k")).isFalse();
    }

    @Test
    void theLongestQueuesAreShownFirst() {
        park(1, INBOX, "one");
        for (int i = 2; i <= 4; i++) {
            park(i, RELAY, "three");
        }
        park(5, OTHER_INBOX, "two");
        park(6, OTHER_INBOX, "two");
        assertThat(parking.queues(10)).extracting(Queue::key).containsExactly("three", "two", "one");
        assertThat(parking.queues(2)).extracting(Queue::size).containsExactly(3L, 2L);
    }

    @Test
    void ofDeliveriesParkedAtOnceNoneIsLostOrDoubled() {
        Race.of(8, i -> {
            for (int n = 0; n < 5; n++) {
                park(n * 8 + i, INBOX, "k");
                park(n, RELAY, "same");
            }
            return i;
        });
        assertThat(parking.count()).isEqualTo(45);
        assertThat(drain("k")).hasSize(40).doesNotHaveDuplicates();
        assertThat(drain("same")).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aDeliveryParkedWhileItsKeyEmptiesStillBecomesDue() {
        for (int round = 0; round < 20; round++) {
            String key = "k" + round;
            int first = round * 2;
            park(first, INBOX, key);
            Race.of(2, i -> {
                if (i == 0) {
                    parking.remove(delivery(first, INBOX).id());
                } else {
                    park(first + 1, INBOX, key);
                }
                return i;
            });
            assertThat(parking.due(LATER, 100)).extracting(Queue::key).contains(key);
            assertThat(drain(key)).containsExactly(delivery(first + 1, INBOX).id());
        }
    }

    private List<String> drain(String key) {
        List<String> left = new ArrayList<>();
        for (Optional<Parked> head = parking.head(key); head.isPresent(); head = parking.head(key)) {
            String id = head.get().delivery().id();
            assertThat(left).as("what was removed").doesNotContain(id);
            left.add(id);
            parking.remove(id);
        }
        return left;
    }

    private void park(int number, Destination destination, String key) {
        parking.park(delivery(number, destination), key, "s" + number, "down", NOON, LATER);
    }
}
