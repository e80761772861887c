package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.ALICE;
import static dev.drawbridge.testkit.contract.Samples.BOB;
import static dev.drawbridge.testkit.contract.Samples.CAROL;
import static dev.drawbridge.testkit.contract.Samples.INBOX;
import static dev.drawbridge.testkit.contract.Samples.OTHER_INBOX;
import static dev.drawbridge.testkit.contract.Samples.RELAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.Follows.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Follows] must do.
public abstract class FollowsContract {
    private Follows follows = none();

    /// An implementation that holds nothing.
    protected abstract Follows none();

    private List<Destination> reach(NativeId followed, Network network) {
        return follows.reachOf(followed, network, Optional.empty(), 1000);
    }

    @Test
    void whatWaitsForAnAnswerIsFoundByWhoHasToGiveIt() {
        follows.put(new Edge(follower(2), BOB, follow(2), Optional.of(INBOX), false));
        follows.put(new Edge(follower(1), BOB, follow(1), Optional.empty(), false));
        follows.put(edge(follower(3), BOB, 3, INBOX));
        assertThat(follows.pending(BOB, 10)).extracting(Edge::follower).containsExactly(follower(1), follower(2));
        assertThat(follows.pending(BOB, 1)).extracting(Edge::follower).containsExactly(follower(1));
        assertThat(follows.pending(follower(1), 10)).isEmpty();
    }

    @Test
    void theReachIsReadInPagesAndEachPlaceOnce() {
        for (int i = 0; i < 50; i++) {
            follows.put(edge(follower(i), BOB, i, inbox(i % 25)));
        }
        List<Destination> read = new ArrayList<>();
        List<Destination> page = follows.reachOf(BOB, Network.ACTIVITYPUB, Optional.empty(), 10);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            read.addAll(page);
            page = follows.reachOf(BOB, Network.ACTIVITYPUB, Optional.of(read.getLast()), 10);
        }
        assertThat(read).hasSize(25).doesNotHaveDuplicates();
        assertThat(read).extracting(Destination::key).isSorted();
    }

    @Test
    void aPlaceIsReachedUntilTheLastOfItsFollowersLeavesAndRememberedAfterwards() {
        follows.put(edge(ALICE, BOB, 1, INBOX));
        follows.put(edge(follower(2), BOB, 2, INBOX));
        follows.remove(ALICE, BOB);
        assertThat(reach(BOB, Network.ACTIVITYPUB)).containsExactly(INBOX);
        follows.remove(follower(2), BOB);
        assertThat(reach(BOB, Network.ACTIVITYPUB)).isEmpty();
        assertThat(follows.everReached(BOB, Network.ACTIVITYPUB, Optional.empty(), 9))
                .containsExactly(INBOX);
        follows.put(edge(ALICE, BOB, 3, OTHER_INBOX));
        assertThat(reach(BOB, Network.ACTIVITYPUB)).containsExactly(OTHER_INBOX);
        assertThat(follows.everReached(BOB, Network.ACTIVITYPUB, Optional.empty(), 9))
                .containsExactlyInAnyOrder(INBOX, OTHER_INBOX);
    }

    @Test
    void followersOfOneServerAreListed() {
        for (String id : List.of(
                "https://a.example/u/2", "https://a.example/u/1", "https://a.example.evil/u", "https://b.example/u")) {
            follows.put(edge(new NativeId(Network.ACTIVITYPUB, id), BOB, id.hashCode(), INBOX));
        }
        follows.put(new Edge(
                new NativeId(Network.ACTIVITYPUB, "https://a.example/u/3"), BOB, follow(9), Optional.of(INBOX), false));
        assertThat(follows.followersOf(BOB, Network.ACTIVITYPUB, "https://a.example/", 9))
                .extracting(NativeId::value)
                .containsExactly("https://a.example/u/1", "https://a.example/u/2");
        assertThat(follows.followersOf(BOB, Network.ACTIVITYPUB, "https://a.example/", 1))
                .hasSize(1);
        assertThat(follows.followersOf(BOB, Network.ACTIVITYPUB, "", 9)).hasSize(4);
        assertThat(follows.followersOf(BOB, Network.NOSTR, "", 9)).isEmpty();
    }

    @Test
    void followersAreListedAPageAtATime() {
        for (int i = 0; i < 5; i++) {
            follows.put(edge(new NativeId(Network.ACTIVITYPUB, "https://a.example/u/" + i), BOB, i, INBOX));
        }
        var stranger = new NativeId(Network.NOSTR, "0");
        follows.put(new Edge(stranger, BOB, follow(8), Optional.empty(), true));
        follows.put(new Edge(
                new NativeId(Network.ACTIVITYPUB, "https://a.example/u/11"),
                BOB,
                follow(9),
                Optional.of(INBOX),
                false));

        List<NativeId> first = follows.followersOf(BOB, Network.ACTIVITYPUB, Optional.empty(), 2);
        follows.remove(first.getLast(), BOB);
        List<NativeId> second = follows.followersOf(BOB, Network.ACTIVITYPUB, Optional.of(first.getLast()), 2);
        List<NativeId> third = follows.followersOf(BOB, Network.ACTIVITYPUB, Optional.of(second.getLast()), 2);

        assertThat(List.of(first, second, third).stream()
                        .map(p -> p.stream().map(NativeId::value).toList()))
                .containsExactly(
                        List.of("https://a.example/u/0", "https://a.example/u/1"),
                        List.of("https://a.example/u/2", "https://a.example/u/3"),
                        List.of("https://a.example/u/4"));
        assertThat(follows.followersOf(BOB, Network.NOSTR, Optional.empty(), 2)).containsExactly(stranger);
    }

    private static Destination inbox(int number) {
        return new Destination(Network.ACTIVITYPUB, "https://s" + number + ".example/inbox");
    }

    @BeforeEach
    void startEmpty() {
        follows = none();
    }

    @Test
    void nobodyFollowsAnybodyAtFirst() {
        assertThat(follows.find(ALICE, BOB)).isEmpty();
        assertThat(follows.byFollow(follow(1))).isEmpty();
        assertThat(reach(BOB, Network.ACTIVITYPUB)).isEmpty();
        assertThat(follows.followerCount(BOB, Network.ACTIVITYPUB)).isZero();
        assertThat(follows.followedBy(ALICE)).isEmpty();
        assertThat(follows.remove(ALICE, BOB)).isEmpty();
    }

    @Test
    void aFollowIsFoundByItsEndsAndByTheActivityThatMadeIt() {
        Edge edge = edge(ALICE, BOB, 1, INBOX);
        follows.put(edge);
        assertThat(follows.find(ALICE, BOB)).contains(edge);
        assertThat(follows.find(BOB, ALICE)).isEmpty();
        assertThat(follows.byFollow(follow(1))).contains(edge);
    }

    @Test
    void aFollowWithoutAddressIsKeptAndReachesNothing() {
        Edge edge = new Edge(CAROL, BOB, follow(1), Optional.empty(), true);
        follows.put(edge);
        assertThat(follows.find(CAROL, BOB)).contains(edge);
        assertThat(reach(BOB, Network.ATPROTO)).isEmpty();
        assertThat(follows.followerCount(BOB, Network.ATPROTO)).isEqualTo(1);
    }

    @Test
    void followingAgainRenewsTheFollow() {
        follows.put(edge(ALICE, BOB, 1, INBOX));
        Edge renewed = edge(ALICE, BOB, 2, OTHER_INBOX);
        follows.put(renewed);
        assertThat(follows.find(ALICE, BOB)).contains(renewed);
        assertThat(follows.byFollow(follow(1))).isEmpty();
        assertThat(follows.byFollow(follow(2))).contains(renewed);
        assertThat(follows.followerCount(BOB, Network.ACTIVITYPUB)).isEqualTo(1);
        assertThat(reach(BOB, Network.ACTIVITYPUB)).containsExactly(OTHER_INBOX);
    }

    @Test
    void aFollowWaitsUntilItIsAnswered() {
        follows.put(new Edge(ALICE, BOB, follow(1), Optional.of(INBOX), false));
        assertThat(follows.find(ALICE, BOB).map(Edge::active)).contains(false);
        assertThat(reach(BOB, Network.ACTIVITYPUB)).isEmpty();
        assertThat(follows.followerCount(BOB, Network.ACTIVITYPUB)).isZero();
        assertThat(follows.followedBy(ALICE)).containsExactly(BOB);
        follows.put(edge(ALICE, BOB, 1, INBOX));
        assertThat(reach(BOB, Network.ACTIVITYPUB)).containsExactly(INBOX);
        assertThat(follows.followerCount(BOB, Network.ACTIVITYPUB)).isEqualTo(1);
    }

    @Test
    void aPlaceThatIsGoneTakesItsFollowersAlong() {
        follows.put(edge(ALICE, BOB, 1, INBOX));
        follows.put(edge(CAROL, BOB, 2, INBOX));
        follows.put(edge(BOB, ALICE, 3, OTHER_INBOX));
        follows.removeReach(INBOX);
        follows.removeReach(INBOX);
        assertThat(follows.find(ALICE, BOB)).isEmpty();
        assertThat(follows.find(CAROL, BOB)).isEmpty();
        assertThat(follows.find(BOB, ALICE)).isPresent();
        assertThat(reach(BOB, Network.ACTIVITYPUB)).isEmpty();
    }

    @Test
    void anEndedFollowIsReturnedOnceAndGoneEverywhere() {
        Edge edge = edge(ALICE, BOB, 1, INBOX);
        follows.put(edge);
        follows.put(edge(ALICE, CAROL, 2, INBOX));
        assertThat(follows.remove(ALICE, BOB)).contains(edge);
        assertThat(follows.remove(ALICE, BOB)).isEmpty();
        assertThat(follows.find(ALICE, BOB)).isEmpty();
        assertThat(follows.byFollow(follow(1))).isEmpty();
        assertThat(reach(BOB, Network.ACTIVITYPUB)).isEmpty();
        assertThat(follows.followedBy(ALICE)).containsExactly(CAROL);
    }

    @Test
    void followersBehindOneAddressAreReachedOnce() {
        for (int i = 0; i < 120; i++) {
            follows.put(edge(follower(i), BOB, i, i % 2 == 0 ? INBOX : OTHER_INBOX));
        }
        assertThat(reach(BOB, Network.ACTIVITYPUB)).containsExactlyInAnyOrder(INBOX, OTHER_INBOX);
        assertThat(follows.followerCount(BOB, Network.ACTIVITYPUB)).isEqualTo(120);
    }

    @Test
    void followersAreCountedAndReachedPerNetworkAndPerson() {
        follows.put(edge(ALICE, CAROL, 1, INBOX));
        follows.put(edge(BOB, CAROL, 2, RELAY));
        follows.put(edge(ALICE, BOB, 3, OTHER_INBOX));
        assertThat(reach(CAROL, Network.ACTIVITYPUB)).containsExactly(INBOX);
        assertThat(reach(CAROL, Network.NOSTR)).containsExactly(RELAY);
        assertThat(reach(CAROL, Network.ATPROTO)).isEmpty();
        assertThat(follows.followerCount(CAROL, Network.NOSTR)).isEqualTo(1);
    }

    @Test
    void botsAreFollowedLikePeople() {
        NativeId bot = Ghost.botOrigin(Network.NOSTR);
        follows.put(edge(ALICE, bot, 1, INBOX));
        assertThat(follows.find(ALICE, bot)).isPresent();
        assertThat(follows.followedBy(ALICE)).containsExactly(bot);
    }

    @Test
    void oneRecordMayMakeSeveralFollowsAndFindsOneOfThem() {
        follows.put(edge(BOB, ALICE, 1, RELAY));
        follows.put(edge(BOB, CAROL, 1, RELAY));
        assertThat(follows.byFollow(follow(1))).isPresent();
        assertThat(follows.followedBy(BOB)).containsExactlyInAnyOrder(ALICE, CAROL);
    }

    @Test
    void followsThatComeAtOnceAreOne() {
        Race.of(8, i -> {
            follows.put(edge(ALICE, BOB, i, INBOX));
            return i;
        });
        assertThat(follows.followerCount(BOB, Network.ACTIVITYPUB)).isEqualTo(1);
        assertThat(follows.followedBy(ALICE)).containsExactly(BOB);
    }

    @Test
    void idsNeverRunIntoEachOther() {
        NativeId shortOne = new NativeId(Network.ACTIVITYPUB, "https://a.example/x");
        NativeId withBar = new NativeId(Network.ACTIVITYPUB, "https://a.example/x nostr|y");
        NativeId y = new NativeId(Network.NOSTR, "y");
        NativeId barY = new NativeId(Network.NOSTR, "y nostr|y");
        follows.put(edge(shortOne, barY, 1, INBOX));
        follows.put(edge(withBar, y, 2, INBOX));
        assertThat(follows.find(shortOne, barY).map(Edge::follow)).contains(follow(1));
        assertThat(follows.find(withBar, y).map(Edge::follow)).contains(follow(2));
        assertThat(follows.find(shortOne, y)).isEmpty();
    }

    private static Edge edge(NativeId follower, NativeId followed, int number, Destination reach) {
        return new Edge(follower, followed, follow(number), Optional.of(reach), true);
    }

    private static NativeId follower(int number) {
        return new NativeId(Network.ACTIVITYPUB, "https://social.example/users/" + number);
    }

    private static NativeId follow(int number) {
        return new NativeId(Network.ACTIVITYPUB, "https://social.example/follows/" + number);
    }
}
