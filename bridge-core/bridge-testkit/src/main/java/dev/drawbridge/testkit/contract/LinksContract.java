package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.ALICE;
import static dev.drawbridge.testkit.contract.Samples.BOB;
import static dev.drawbridge.testkit.contract.Samples.CAROL;
import static dev.drawbridge.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Links;
import dev.drawbridge.model.port.Links.Link;
import dev.drawbridge.model.port.Links.Word;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Links] must do.
public abstract class LinksContract {
    private static final NativeId OTHER = new NativeId(Network.NOSTR, "0b".repeat(32));
    private Links links = none();

    /// An implementation that holds nothing.
    protected abstract Links none();

    @BeforeEach
    void startEmpty() {
        links = none();
    }

    private static Link between(NativeId person, NativeId account) {
        return new Link(person, account, NOON, NOON.plusNanos(1), NOON.plusSeconds(60));
    }

    @Test
    void itIsFoundFromBothEndsAndSaysWhoAsked() {
        Link link = between(ALICE, BOB);
        assertThat(links.put(link)).isTrue();
        assertThat(links.find(ALICE, Network.NOSTR)).contains(link);
        assertThat(links.find(BOB, Network.ACTIVITYPUB)).contains(link);
        assertThat(links.of(ALICE)).containsExactly(link);
        assertThat(links.of(BOB)).containsExactly(link);
        assertThat(links.find(ALICE, Network.ATPROTO)).isEmpty();
        assertThat(links.find(BOB, Network.NOSTR)).isEmpty();
        assertThat(links.find(OTHER, Network.ACTIVITYPUB)).isEmpty();
        assertThat(link.other(ALICE)).isEqualTo(BOB);
        assertThat(link.other(BOB)).isEqualTo(ALICE);
        assertThatThrownBy(() -> between(BOB, OTHER)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsRenewedBetweenTheSameTwoWhoeverAsks() {
        links.put(between(ALICE, BOB));
        var later = new Link(BOB, ALICE, NOON, NOON.plusSeconds(9), NOON.plusSeconds(99));
        assertThat(links.put(later)).isTrue();
        assertThat(links.find(ALICE, Network.NOSTR)).contains(later);
        assertThat(links.find(BOB, Network.ACTIVITYPUB)).contains(later);
        assertThat(links.due(NOON.plusSeconds(99), 9)).containsExactly(later);
        assertThat(links.due(NOON.plusSeconds(98), 9)).isEmpty();
    }

    @Test
    void onlyWhatIsThereIsRenewed() {
        Link first = between(BOB, ALICE);
        links.put(first);
        var looked =
                new Link(BOB, ALICE, NOON, NOON.plusSeconds(5), NOON.plusSeconds(70), Optional.of(NOON.plusSeconds(6)));
        assertThat(links.renew(looked)).isTrue();
        assertThat(links.find(ALICE, Network.NOSTR)).contains(looked);
        assertThat(links.find(BOB, Network.ACTIVITYPUB)).contains(looked);
        assertThat(links.due(NOON.plusSeconds(69), 9)).isEmpty();
        assertThat(links.due(NOON.plusSeconds(70), 9)).containsExactly(looked);
        var sure = new Link(BOB, ALICE, NOON, NOON.plusSeconds(8), NOON.plusSeconds(80));
        assertThat(links.renew(sure)).isTrue();
        assertThat(links.of(BOB)).containsExactly(sure);
        var another = new Link(BOB, ALICE, NOON.plusSeconds(1), NOON.plusSeconds(9), NOON.plusSeconds(90));
        assertThat(links.renew(another)).as("one that began later").isFalse();
        assertThat(links.renew(new Link(OTHER, ALICE, NOON, NOON, NOON))).isFalse();
        assertThat(links.of(BOB)).containsExactly(sure);
        links.remove(ALICE, BOB);
        assertThat(links.renew(sure)).as("it was ended meanwhile").isFalse();
        assertThat(links.of(BOB)).isEmpty();
        assertThat(links.of(ALICE)).isEmpty();
    }

    @Test
    void bothMayAskAtOnceAndItIsDueOnce() {
        for (int round = 0; round < 10; round++) {
            Race.of(8, i -> links.put(i % 2 == 0 ? between(ALICE, BOB) : between(BOB, ALICE)));
            assertThat(links.due(NOON.plusSeconds(60), 9)).hasSize(1);
            links.remove(BOB, ALICE);
        }
    }

    @Test
    void theLastWordCounts() {
        links.say(new Word(ALICE, BOB, true, NOON));
        links.say(new Word(ALICE, CAROL, false, NOON));
        links.say(new Word(BOB, ALICE, true, NOON));
        links.say(new Word(ALICE, BOB, false, NOON.plusNanos(1)));
        assertThat(links.words(ALICE))
                .containsExactly(new Word(ALICE, CAROL, false, NOON), new Word(ALICE, BOB, false, NOON.plusNanos(1)));
        links.unsay(ALICE);
        assertThat(links.words(ALICE)).isEmpty();
        assertThat(links.words(BOB)).containsExactly(new Word(BOB, ALICE, true, NOON));
        assertThat(links.of(BOB)).isEmpty();
    }

    @Test
    void nobodyHasTwoOnOneNetworkAndATakenOneLeavesNothingBehind() {
        Link first = between(ALICE, BOB);
        links.put(first);
        assertThat(links.put(between(ALICE, OTHER))).as("she has one there").isFalse();
        assertThat(links.find(OTHER, Network.ACTIVITYPUB)).isEmpty();
        NativeId mallory = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/mallory");
        assertThat(links.put(between(mallory, BOB))).as("he is somebody else's").isFalse();
        assertThat(links.of(mallory)).isEmpty();
        assertThat(links.find(ALICE, Network.NOSTR)).contains(first);
        assertThat(links.find(BOB, Network.ACTIVITYPUB)).contains(first);
    }

    @Test
    void oneOfSeveralIsRemovedFromEitherEnd() {
        Link bob = between(ALICE, BOB);
        Link carol = between(ALICE, CAROL);
        links.put(bob);
        links.put(carol);
        assertThat(links.of(ALICE)).containsExactly(carol, bob);
        links.remove(ALICE, OTHER);
        assertThat(links.of(ALICE)).hasSize(2);
        links.remove(BOB, ALICE);
        links.remove(BOB, ALICE);
        assertThat(links.of(ALICE)).containsExactly(carol);
        assertThat(links.of(BOB)).isEmpty();
        links.remove(ALICE, CAROL);
        assertThat(links.of(CAROL)).isEmpty();
        assertThat(links.due(NOON.plusSeconds(60), 9)).isEmpty();
    }

    @Test
    void whatIsDueComesOnceAndInItsTurn() {
        Link first = between(ALICE, BOB);
        var second = new Link(CAROL, BOB, NOON, NOON, NOON.plusSeconds(61));
        links.put(second);
        links.put(first);
        assertThat(links.due(NOON.plusSeconds(60).minusNanos(1), 9)).isEmpty();
        assertThat(links.due(NOON.plusSeconds(60), 9)).containsExactly(first);
        assertThat(links.due(NOON.plusSeconds(61), 9)).containsExactly(first, second);
        assertThat(links.due(NOON.plusSeconds(61), 1)).containsExactly(first);
    }

    @Test
    void ofManyAtOnceOneIsLinked() {
        List<Boolean> done =
                Race.of(8, i -> links.put(between(ALICE, new NativeId(Network.NOSTR, "%064x".formatted(i)))));
        assertThat(Collections.frequency(done, true)).isEqualTo(1);
        assertThat(links.of(ALICE)).hasSize(1);
    }
}
