package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody moves to another account: those who follow them from other networks go along, consent does not.
class MoveScenariosTest extends Scenario {
    private final NativeId aliceThere = fedi.person("alice there");

    @BeforeEach
    void noraFollowsAlice() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        follow(nora);
    }

    private void follow(NativeId follower) {
        nostr.happens(
                new Activity.Follow(id(follower, "follow"), follower, clock.instant(), ghost(alice, Network.NOSTR)));
        bridge.settle();
    }

    private Receipt moves(NativeId from, NativeId to) {
        Receipt receipt = fedi.happens(new Activity.Move(id(from, "move"), from, clock.instant(), to));
        bridge.settle();
        return receipt;
    }

    private List<NativeId> followedByNora() {
        return only(Activity.Follow.class, fedi.all()).stream()
                .filter(f -> f.author().equals(ghost(nora, Network.ACTIVITYPUB)))
                .map(Activity.Follow::target)
                .toList();
    }

    @Test
    void theGhostsOfFollowersFollowTheNewAccount() {
        moves(alice, aliceThere);
        assertThat(followedByNora()).containsExactlyInAnyOrder(alice, aliceThere);
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(aliceThere))))
                .singleElement()
                .satisfies(f -> assertThat(f.author()).isEqualTo(ghost(nora, Network.ACTIVITYPUB)));
        assertThat(ports.follows().find(nora, aliceThere))
                .get()
                .extracting(Follows.Edge::active)
                .isEqualTo(true);
    }

    @Test
    void aLockedNewAccountIsAskedFirst() {
        fedi.profile(Profile.builder(aliceThere, "@alice").locked(true).build());
        moves(alice, aliceThere);
        assertThat(followedByNora()).contains(aliceThere);
        assertThat(ports.follows().find(nora, aliceThere))
                .get()
                .extracting(Follows.Edge::active)
                .isEqualTo(false);
    }

    @Test
    void consentDoesNotMove() {
        moves(alice, aliceThere);
        assertThat(ports.consents().of(aliceThere)).isEmpty();
        assertThat(ports.identities().of(aliceThere)).isEmpty();
        assertThat(fedi.happens(post(aliceThere, "from here now", java.util.Optional.empty())))
                .isInstanceOf(Receipt.Ignored.class);
        fedi.happens(post(alice, "still mine", java.util.Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all()))
                .as("the old account is carried until it leaves")
                .containsExactly("still mine");
    }

    @Test
    void theOldAccountSaysWhereItWentWhereItIsCarriedAndNowhereElse() {
        moves(alice, aliceThere);
        assertThat(only(Activity.Move.class, nostr.all()))
                .singleElement()
                .satisfies(m -> assertThat(m.author()).isEqualTo(ghost(alice, Network.NOSTR)))
                .satisfies(m -> assertThat(m.target()).isEqualTo(aliceThere));
        assertThat(only(Activity.Move.class, sky.all())).isEmpty();
    }

    @Test
    void whoIsNotCarriedThereHasNoGhostToFollowWith() {
        NativeId nils = nostr.person("nils");
        follow(nils);
        moves(alice, aliceThere);
        assertThat(ports.follows().find(nils, aliceThere)).isEmpty();
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(aliceThere)))).hasSize(1);
    }

    @Test
    void movingTwiceOrTheSameMoveTwiceFollowsOnce() {
        var move = new Activity.Move(id(alice, "move"), alice, clock.instant(), aliceThere);
        fedi.happens(move);
        fedi.happens(move);
        bridge.redeliver();
        bridge.settle();
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(aliceThere)))).hasSize(1);
        assertThat(only(Activity.Move.class, nostr.all())).hasSize(1);
    }

    @Test
    void theSameMoveAtAnotherTimeIsReadOfOnce() {
        var move = new Activity.Move(id(alice, "move"), alice, clock.instant(), aliceThere);
        fedi.happens(move);
        bridge.settle();
        fedi.happens(new Activity.Move(move.id(), alice, clock.instant().plusSeconds(7), aliceThere));
        bridge.settle();
        assertThat(only(Activity.Move.class, nostr.all())).hasSize(1);
    }

    @Test
    void aBlockEndsAlsoTheFollowThatCameOfTheMove() {
        moves(alice, aliceThere);
        assertThat(followedByNora()).containsExactlyInAnyOrder(alice, aliceThere);
        fedi.happens(new Activity.Block(id(alice, "block"), alice, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.settle();
        assertThat(ports.follows().followedBy(nora)).doesNotContain(alice, aliceThere);
        assertThat(only(Activity.Unfollow.class, fedi.all()))
                .extracting(Activity.Unfollow::target)
                .containsExactly(aliceThere);
    }

    @Test
    void thereAndBackAgainComesToRest() {
        moves(alice, aliceThere);
        optIn(aliceThere, fedi, Network.NOSTR);
        moves(aliceThere, alice);
        moves(alice, aliceThere);
        assertThat(followedByNora()).containsExactlyInAnyOrder(alice, aliceThere);
    }

    @Test
    void aChainOfMovesEndsWithTheFollowItBeganWith() {
        NativeId third = fedi.person("alice once more");
        moves(alice, aliceThere);
        optIn(aliceThere, fedi, Network.NOSTR);
        moves(aliceThere, third);
        moves(alice, third);
        assertThat(followedByNora()).containsExactlyInAnyOrder(alice, aliceThere, third);
        nostr.happens(new Activity.Unfollow(
                id(nora, "unfollow"), nora, clock.instant(), ghost(alice, Network.NOSTR), java.util.Optional.empty()));
        bridge.settle();
        assertThat(only(Activity.Unfollow.class, fedi.all()))
                .extracting(Activity.Unfollow::target)
                .containsExactlyInAnyOrder(alice, aliceThere, third);
        assertThat(ports.follows().followedBy(nora)).doesNotContain(alice, aliceThere, third);
    }

    @Test
    void aFollowOfTheirOwnIsLeftAlone() {
        optIn(aliceThere, fedi, Network.NOSTR);
        nostr.happens(new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(aliceThere, Network.NOSTR)));
        bridge.settle();
        NativeId own = ports.follows().find(nora, aliceThere).orElseThrow().follow();
        moves(alice, aliceThere);
        assertThat(ports.follows().find(nora, aliceThere).orElseThrow().follow())
                .isEqualTo(own);
        assertThat(followedByNora()).containsExactlyInAnyOrder(alice, aliceThere);
    }

    @Test
    void nobodyMovesToThemselvesNorToAGhost() {
        moves(alice, alice);
        moves(alice, ghost(nora, Network.ACTIVITYPUB));
        assertThat(followedByNora()).containsExactly(alice);
        assertThat(only(Activity.Move.class, nostr.all())).isEmpty();
    }

    @Test
    void aStrangersMoveIsNotStored() {
        assertThat(moves(dora, aliceThere)).isInstanceOf(Receipt.Ignored.class);
        assertThat(ports.crossings().newest(100))
                .extracting(Crossings.Crossing::activity)
                .doesNotContain("Move");
    }

    @Test
    void theSameMoveUnderAnotherNameIsReadOfOnce() {
        fedi.happens(new Activity.Move(id(alice, "move"), alice, clock.instant(), aliceThere));
        clock.advance(Duration.ofMinutes(1));
        fedi.happens(new Activity.Move(id(alice, "move"), alice, clock.instant(), aliceThere));
        bridge.bridgeOnly();
        bridge.settle();
        assertThat(only(Activity.Move.class, nostr.all())).hasSize(1);
        bridge.after(Duration.ofDays(8));
        moves(alice, aliceThere);
        assertThat(only(Activity.Move.class, nostr.all())).as("also later").hasSize(1);
        moves(alice, fedi.person("alice elsewhere"));
        assertThat(only(Activity.Move.class, nostr.all()))
                .as("another move is another notice")
                .hasSize(2);
    }

    @Test
    void whoLeftAndCameBackIsReadOfAgain() {
        moves(alice, aliceThere);
        fedi.happens(new Activity.Block(
                id(alice, "block"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        bridge.after(Duration.ofDays(8));
        optIn(alice, fedi, Network.NOSTR);
        moves(alice, aliceThere);
        assertThat(only(Activity.Move.class, nostr.all())).hasSize(2);
    }

    /// Keys that spread over all beginnings.
    private List<NativeId> followers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var follower = new NativeId(Network.NOSTR, "%064x".formatted(i * 2_654_435_761L));
                    ports.consents()
                            .put(new Consent(
                                    follower, Network.ACTIVITYPUB, Consent.State.GIVEN, "test", clock.instant()));
                    var follow = new NativeId(Network.NOSTR, "follow " + i);
                    ports.follows().put(new Follows.Edge(follower, alice, follow, Optional.empty(), true));
                    return follower;
                })
                .toList();
    }

    private long followersThere() {
        return ports.follows().followerCount(aliceThere, Network.NOSTR);
    }

    @Test
    void howeverManyFollowTheyAllFollowOnAPageAtATime() {
        followers(1_700);
        fedi.happens(new Activity.Move(id(alice, "move"), alice, clock.instant(), aliceThere));
        bridge.bridgeOne();
        assertThat(bridge.planned())
                .as("the notice, and two places for each of a page")
                .isEqualTo(1 + 2 * 500);
        assertThat(followersThere()).isEqualTo(500);
        bridge.settle();
        assertThat(followersThere()).isEqualTo(1_701);
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(aliceThere)))).hasSize(1_701);
        assertThat(only(Activity.Move.class, nostr.all())).hasSize(1);
    }

    @Test
    void aPageThatIsDoneTwiceChangesNothing() {
        followers(1_200);
        fedi.happens(new Activity.Move(id(alice, "move"), alice, clock.instant(), aliceThere));
        bridge.redeliver();
        bridge.bridgeOne();
        bridge.redeliver();
        bridge.settle();
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(aliceThere)))).hasSize(1_201);
        assertThat(only(Activity.Move.class, nostr.all())).hasSize(1);
    }
}
