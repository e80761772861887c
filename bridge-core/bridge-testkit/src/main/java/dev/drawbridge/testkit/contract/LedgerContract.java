package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.ALICE;
import static dev.drawbridge.testkit.contract.Samples.BOB;
import static dev.drawbridge.testkit.contract.Samples.CAROL;
import static dev.drawbridge.testkit.contract.Samples.INBOX;
import static dev.drawbridge.testkit.contract.Samples.NOON;
import static dev.drawbridge.testkit.contract.Samples.RELAY;
import static dev.drawbridge.testkit.contract.Samples.event;
import static dev.drawbridge.testkit.contract.Samples.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.port.Ledger.Copy;
import dev.drawbridge.model.port.Ledger.Original;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Ledger] must do.
public abstract class LedgerContract {
    private Ledger ledger = empty();

    /// An implementation that holds nothing.
    protected abstract Ledger empty();

    @BeforeEach
    void startEmpty() {
        ledger = empty();
    }

    @Test
    void anUnknownOriginalHasNothing() {
        assertThat(ledger.original(post(1))).isEmpty();
        assertThat(ledger.copy(post(1), Network.NOSTR)).isEmpty();
        assertThat(ledger.byCopy(event(1))).isEmpty();
        assertThat(ledger.copiesOf(post(1))).isEmpty();
        assertThat(ledger.tombstoned(post(1), ALICE)).isFalse();
    }

    @Test
    void anOriginalIsKeptWithItsVersionAndThread() {
        Original reply = new Original(
                ObjectRef.of(post(2), "v1"), ALICE, Optional.of(ObjectRef.of(post(1), "root version")), NOON);
        ledger.recordOriginal(reply);
        assertThat(ledger.original(post(2))).contains(reply);
    }

    @Test
    void anOriginalIsKeptWithItsTermsAndItsPoll() {
        var only = new InteractionPolicy.Rule(
                new InteractionPolicy.People(
                        Set.of(InteractionPolicy.Group.FOLLOWERS, InteractionPolicy.Group.MENTIONED), Set.of(CAROL)),
                InteractionPolicy.People.EVERYBODY);
        var terms = new InteractionPolicy(
                Optional.of(only), Optional.empty(), Optional.of(InteractionPolicy.Rule.NOBODY), Optional.empty());
        Original asked = new Original(
                ObjectRef.of(post(1)),
                ALICE,
                Optional.empty(),
                NOON,
                Optional.of(terms),
                Set.of(BOB, CAROL),
                List.of("Yes, $and.no", "No"),
                Set.of(Network.NOSTR, Network.ATPROTO),
                Set.of(Network.NOSTR));
        ledger.recordOriginal(asked);
        assertThat(ledger.original(post(1))).contains(asked);
        ledger.recordOriginal(original(1));
        assertThat(ledger.original(post(1)))
                .as("terms and marks can be dropped")
                .contains(original(1));
    }

    @Test
    void anOriginalIsRenewed() {
        ledger.recordOriginal(original(1));
        Original edited = new Original(ObjectRef.of(post(1), "v2"), ALICE, Optional.empty(), NOON.plusSeconds(1));
        ledger.recordOriginal(edited);
        assertThat(ledger.original(post(1))).contains(edited);
    }

    @Test
    void aCopyIsFoundFromBothSides() {
        Copy copy = copy(1, 11, INBOX, RELAY);
        ledger.recordCopy(copy);
        assertThat(ledger.copy(post(1), Network.NOSTR)).contains(copy);
        assertThat(ledger.byCopy(event(11))).contains(copy);
        assertThat(ledger.copiesOf(post(1))).containsExactly(copy);
        assertThat(ledger.copy(post(1), Network.ATPROTO)).isEmpty();
        assertThat(ledger.copy(event(11), Network.NOSTR)).isEmpty();
        assertThat(ledger.byCopy(post(1))).isEmpty();
    }

    @Test
    void recordingACopyAgainAddsDestinationsAndRenewsTheVersion() {
        ledger.recordCopy(copy(1, 11, RELAY));
        Destination second = new Destination(Network.NOSTR, "wss://second.example");
        ledger.recordCopy(new Copy(post(1), ALICE, ObjectRef.of(event(11), "v2"), Set.of(second), NOON.plusSeconds(9)));
        ledger.recordCopy(copyWithVersion(1, 11, "v2", RELAY));
        assertThat(ledger.byCopy(event(11)))
                .contains(new Copy(post(1), ALICE, ObjectRef.of(event(11), "v2"), Set.of(RELAY, second), NOON));
        assertThat(ledger.copiesOf(post(1))).hasSize(1);
    }

    @Test
    void aVersionThatIsKnownIsNotForgotten() {
        ledger.recordCopy(copyWithVersion(1, 11, "v1", RELAY));
        ledger.recordCopy(copy(1, 11, RELAY));
        assertThat(ledger.byCopy(event(11)).orElseThrow().ref().version()).contains("v1");
    }

    @Test
    void anOriginalHasOneCopyPerNetworkAndAFormerIdStillFindsIt() {
        Copy onAtproto = new Copy(post(1), ALICE, ObjectRef.of(record(1), "cid"), Set.of(), NOON);
        ledger.recordCopy(copy(1, 11, RELAY));
        ledger.recordCopy(onAtproto);
        ledger.recordCopy(copy(1, 12, INBOX));
        ledger.recordCopy(copy(1, 13));
        Copy now = copy(1, 13, RELAY, INBOX);
        assertThat(ledger.copiesOf(post(1))).containsExactlyInAnyOrder(now, onAtproto);
        for (int id : new int[] {11, 12, 13}) {
            assertThat(ledger.byCopy(event(id))).contains(now);
        }
        ledger.recordCopy(copy(1, 11, RELAY));
        assertThat(ledger.copy(post(1), Network.NOSTR))
                .as("a former id stays former")
                .contains(now);
        assertThatThrownBy(() -> ledger.recordCopy(copy(2, 11, RELAY))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPartOfACopyFindsItAndGoesWithIt() {
        Copy whole = new Copy(post(1), ALICE, ObjectRef.of(event(11)), Set.of(RELAY), NOON, Set.of(event(12)));
        ledger.recordCopy(whole);
        assertThat(ledger.byCopy(event(12))).contains(whole);
        ledger.recordCopy(new Copy(post(1), ALICE, ObjectRef.of(event(11), "v2"), Set.of(), NOON, Set.of(event(13))));
        ledger.recordCopy(new Copy(post(1), ALICE, ObjectRef.of(event(21)), Set.of(), NOON, Set.of(event(14))));
        Copy now = new Copy(
                post(1), ALICE, ObjectRef.of(event(21)), Set.of(RELAY), NOON, Set.of(event(12), event(13), event(14)));
        for (int id : new int[] {11, 12, 13, 14, 21}) {
            assertThat(ledger.byCopy(event(id))).as("by %d", id).contains(now);
        }
        assertThat(ledger.copiesOf(post(1))).containsExactly(now);
        Copy thief = new Copy(post(2), ALICE, ObjectRef.of(event(31)), Set.of(), NOON, Set.of(event(13)));
        assertThatThrownBy(() -> ledger.recordCopy(thief)).isInstanceOf(IllegalStateException.class);

        ledger.takenBack(event(21), RELAY);
        for (int id : new int[] {11, 12, 13, 14, 21}) {
            assertThat(ledger.byCopy(event(id))).as("by %d", id).isEmpty();
        }
    }

    @Test
    void aCopyHasOneOriginal() {
        Copy first = copy(1, 11, RELAY);
        ledger.recordCopy(first);
        assertThatThrownBy(() -> ledger.recordCopy(copy(2, 11, INBOX)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(event(11).value());
        assertThat(ledger.byCopy(event(11))).contains(first);
        assertThat(ledger.copiesOf(post(2))).isEmpty();
    }

    @Test
    void aCopyTakenBackEverywhereIsGoneFromBothSidesAndMayBeMadeAnew() {
        ledger.recordCopy(copy(1, 10, RELAY));
        ledger.recordCopy(copy(1, 11, RELAY, INBOX));
        ledger.recordCopy(copy(2, 12, RELAY));
        ledger.takenBack(event(11), RELAY);
        ledger.takenBack(event(11), RELAY);
        assertThat(ledger.byCopy(event(11)).orElseThrow().destinations()).containsExactly(INBOX);
        ledger.takenBack(event(10), INBOX);
        ledger.takenBack(event(11), INBOX);
        assertThat(ledger.byCopy(event(10))).isEmpty();
        assertThat(ledger.byCopy(event(11))).isEmpty();
        assertThat(ledger.copy(post(1), Network.NOSTR)).isEmpty();
        assertThat(ledger.copiesOf(post(2))).hasSize(1);
        Copy anew = copy(1, 13, INBOX);
        ledger.recordCopy(anew);
        assertThat(ledger.copiesOf(post(1))).containsExactly(anew);
    }

    @Test
    void copiesOfAPersonComeInPagesOrderedByOriginal() {
        for (int i : new int[] {5, 3, 1, 4, 2}) {
            ledger.recordCopy(copy(i, 100 - i, RELAY));
        }
        ledger.recordCopy(new Copy(post(9), CAROL, ObjectRef.of(event(9)), Set.of(RELAY), NOON));
        ledger.recordCopy(new Copy(post(6), ALICE, ObjectRef.of(record(6)), Set.of(), NOON));
        List<Copy> first = ledger.copiesBy(ALICE, Network.NOSTR, Optional.empty(), 2);
        assertThat(first).extracting(Copy::original).containsExactly(post(1), post(2));
        List<Copy> second = ledger.copiesBy(
                ALICE, Network.NOSTR, Optional.of(first.getLast().original()), 2);
        assertThat(second).extracting(Copy::original).containsExactly(post(3), post(4));
        assertThat(ledger.copiesBy(ALICE, Network.NOSTR, Optional.of(post(4)), 2))
                .extracting(Copy::original)
                .containsExactly(post(5));
        assertThat(ledger.copiesBy(ALICE, Network.NOSTR, Optional.of(post(5)), 2))
                .isEmpty();
    }

    @Test
    void pagesGoOnAfterAnOriginalWhoseCopyWasTakenBackMeanwhile() {
        IntStream.rangeClosed(1, 4).forEach(i -> ledger.recordCopy(copy(i, 10 + i, RELAY)));
        ledger.takenBack(event(12), RELAY);
        assertThat(ledger.copiesBy(ALICE, Network.NOSTR, Optional.of(post(2)), 10))
                .extracting(Copy::original)
                .containsExactly(post(3), post(4));
    }

    @Test
    void nothingOfADeletedOriginalIsStoredAfterwards() {
        ledger.recordOriginal(original(1));
        ledger.tombstone(post(1), ALICE, NOON);
        assertThat(ledger.tombstoned(post(1), ALICE)).isTrue();
        assertThat(ledger.original(post(1))).isEmpty();
        ledger.recordOriginal(original(1));
        assertThat(ledger.original(post(1))).isEmpty();
        assertThat(ledger.tombstoned(post(2), ALICE)).isFalse();
    }

    @Test
    void anOriginalMayBeDeletedBeforeItIsSeenAndMoreThanOnce() {
        ledger.tombstone(post(1), ALICE, NOON);
        ledger.tombstone(post(1), ALICE, NOON.plusSeconds(1));
        ledger.recordOriginal(original(1));
        assertThat(ledger.tombstoned(post(1), ALICE)).isTrue();
        assertThat(ledger.original(post(1))).isEmpty();
    }

    @Test
    void whoKnowsAnIdEarlyCannotTakeBackWhatSomebodyElseWillSay() {
        ledger.tombstone(post(1), BOB, NOON);
        assertThat(ledger.tombstoned(post(1), BOB)).isTrue();
        assertThat(ledger.tombstoned(post(1), ALICE)).isFalse();
        ledger.recordOriginal(original(1));
        assertThat(ledger.original(post(1))).contains(original(1));
        ledger.tombstone(post(1), BOB, NOON);
        assertThat(ledger.original(post(1))).contains(original(1));
        ledger.tombstone(post(1), ALICE, NOON);
        assertThat(ledger.original(post(1))).isEmpty();
        assertThat(ledger.tombstoned(post(1), ALICE)).isTrue();
    }

    @Test
    void copiesOfADeletedOriginalStayKnownUntilTheyAreTakenBack() {
        ledger.recordCopy(copy(1, 11, RELAY));
        ledger.tombstone(post(1), ALICE, NOON);
        assertThat(ledger.copiesOf(post(1))).hasSize(1);
        ledger.recordCopy(copy(1, 11, INBOX));
        assertThat(ledger.byCopy(event(11)).orElseThrow().destinations()).containsExactlyInAnyOrder(RELAY, INBOX);
        ledger.takenBack(event(11), RELAY);
        ledger.takenBack(event(11), INBOX);
        assertThat(ledger.copiesOf(post(1))).isEmpty();
        assertThat(ledger.tombstoned(post(1), ALICE)).isTrue();
    }

    @Test
    void destinationsThatAreAddedAtOnceAllStay() {
        Race.of(8, i -> {
            ledger.recordCopy(copy(1, 11, new Destination(Network.NOSTR, "wss://relay" + i + ".example")));
            return i;
        });
        assertThat(ledger.byCopy(event(11)).orElseThrow().destinations()).hasSize(8);
    }

    @Test
    void ofCopiesMadeAtOnceForOneOriginalOneIsCurrentAndEveryIdFindsIt() {
        Race.of(8, i -> {
            ledger.recordCopy(copy(1, 20 + i, new Destination(Network.NOSTR, "wss://relay" + i + ".example")));
            return i;
        });
        assertThat(ledger.copiesOf(post(1))).hasSize(1);
        Copy current = ledger.copiesOf(post(1)).getFirst();
        assertThat(current.destinations()).hasSize(8);
        for (int i = 0; i < 8; i++) {
            assertThat(ledger.byCopy(event(20 + i))).contains(current);
        }
    }

    @Test
    void aDeleteWinsARaceAgainstItsOriginal() {
        Race.of(8, i -> {
            if (i == 3) {
                ledger.tombstone(post(1), ALICE, NOON);
            } else {
                ledger.recordOriginal(original(1));
            }
            return i;
        });
        assertThat(ledger.original(post(1))).isEmpty();
        assertThat(ledger.tombstoned(post(1), ALICE)).isTrue();
    }

    private static Original original(int number) {
        return new Original(ObjectRef.of(post(number)), ALICE, Optional.empty(), NOON);
    }

    private static Copy copy(int original, int copy, Destination... destinations) {
        return new Copy(post(original), ALICE, ObjectRef.of(event(copy)), Set.of(destinations), NOON);
    }

    private static Copy copyWithVersion(int original, int copy, String version, Destination... destinations) {
        return new Copy(post(original), ALICE, ObjectRef.of(event(copy), version), Set.of(destinations), NOON);
    }

    private static NativeId record(int number) {
        return new NativeId(Network.ATPROTO, "at://did:plc:ghost/app.bsky.feed.post/" + number);
    }
}
