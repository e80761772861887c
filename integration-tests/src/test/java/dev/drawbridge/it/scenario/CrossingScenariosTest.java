package dev.drawbridge.it.scenario;

import static dev.drawbridge.model.spi.DeliveryOutcome.Gone;
import static dev.drawbridge.model.spi.DeliveryOutcome.Refused;
import static dev.drawbridge.model.spi.DeliveryOutcome.Retry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.InMemoryConsents;
import dev.drawbridge.testkit.InMemoryCrossings;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.InMemoryDeadLetters;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import dev.drawbridge.testkit.InMemoryKeyStore;
import dev.drawbridge.testkit.InMemoryLedger;
import dev.drawbridge.testkit.InMemoryParking;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeBridge;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the bridge does, told with three networks that exist only here: one with inboxes (alice, dora), two with one
/// place.
class CrossingScenariosTest {
    private final VirtualClock clock = new VirtualClock();
    private final FakeNetwork fedi = new FakeNetwork(Network.ACTIVITYPUB, true, clock);
    private final FakeNetwork nostr = new FakeNetwork(Network.NOSTR, false, clock);
    private final FakeNetwork sky = new FakeNetwork(Network.ATPROTO, false, clock);
    private final Ports ports = new Ports(
            new InMemoryConsents(),
            new InMemoryIdentityMap(),
            new InMemoryLedger(),
            new InMemoryFollows(),
            new InMemoryParking(),
            new InMemoryDeadLetters(),
            new InMemoryCrossings(),
            new InMemoryCursors(),
            new InMemoryKeyStore());
    private final NativeId alice = fedi.person("alice");
    private final NativeId dora = fedi.person("dora");
    private final NativeId nora = nostr.person("nora");
    private FakeBridge bridge;
    private int serial;

    @BeforeEach
    void start() {
        bridge = new FakeBridge(ports, clock, List.of(fedi, nostr, sky));
    }

    private NativeId id(NativeId author, String what) {
        return new NativeId(author.network(), author.value() + "/" + what + "/" + ++serial);
    }

    private NativeId ghost(NativeId origin, Network on) {
        return ports.identities().find(origin, on).orElseThrow().id();
    }

    private NativeId bot(Network on, Network target) {
        return ghost(dev.drawbridge.model.Ghost.botOrigin(target), on);
    }

    private void optIn(NativeId person, FakeNetwork home, Network target) {
        home.happens(new Activity.Follow(id(person, "follow"), person, clock.instant(), bot(person.network(), target)));
        bridge.settle();
    }

    private Activity.Publish post(NativeId author, String text, Optional<NativeId> parent) {
        NativeId id = id(author, "post");
        return new Activity.Publish(
                id,
                clock.instant(),
                new Post(
                        id,
                        Optional.empty(),
                        author,
                        RichText.plain(text),
                        Optional.empty(),
                        parent.map(ObjectRef::of),
                        Optional.empty(),
                        List.of(),
                        clock.instant(),
                        Optional.empty(),
                        Visibility.PUBLIC));
    }

    private static List<String> texts(List<Activity> activities) {
        return activities.stream()
                .filter(Activity.Publish.class::isInstance)
                .map(a -> ((Activity.Publish) a).post().text().text())
                .toList();
    }

    private static <T extends Activity> List<T> only(Class<T> kind, List<Activity> activities) {
        return activities.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void nothingIsStoredAboutPeopleWhoDidNotOptIn() {
        Receipt receipt = fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
        assertThat(receipt).isInstanceOf(Receipt.Ignored.class);
        assertThat(texts(nostr.all())).isEmpty();
        assertThat(ports.consents().of(alice)).isEmpty();
        assertThat(ports.crossings().newest(10)).isEmpty();
    }

    @Test
    void followingTheBotCarriesPostsToThatNetworkAndNoOther() {
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactly("hello");
        assertThat(texts(sky.all())).isEmpty();
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(alice))))
                .singleElement()
                .satisfies(answer -> assertThat(answer.accepted()).isTrue());
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(alice))))
                .as("the bot follows back to be sent the posts")
                .singleElement()
                .satisfies(follow -> assertThat(follow.target()).isEqualTo(alice));
    }

    @Test
    void aProfileThatRefusesIsNotCarriedEvenIfItsOwnerFollowsTheBot() {
        fedi.profile(new Profile(
                alice,
                "@alice",
                "Alice #nobridge",
                RichText.EMPTY,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                true));
        optIn(alice, fedi, Network.NOSTR);
        assertThat(ports.consents().of(alice)).isEmpty();
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(alice))))
                .singleElement()
                .satisfies(answer -> assertThat(answer.accepted()).isFalse());
        assertThat(fedi.happens(post(alice, "hello", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void whatTheSourceSendsTwiceArrivesOnce() {
        optIn(alice, fedi, Network.NOSTR);
        var hello = post(alice, "hello", Optional.empty());
        fedi.happens(hello);
        fedi.happens(hello);
        bridge.redeliver();
        bridge.bridgeOnly();
        bridge.redeliver();
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactly("hello");
    }

    @Test
    void followersOnlyPostsAndPostsTaggedNobridgeStayHome() {
        optIn(alice, fedi, Network.NOSTR);
        var open = post(alice, "for my followers", Optional.empty());
        Post p = open.post();
        fedi.happens(new Activity.Publish(
                open.id(),
                open.at(),
                new Post(
                        p.id(),
                        p.version(),
                        alice,
                        p.text(),
                        p.warning(),
                        p.inReplyTo(),
                        p.threadRoot(),
                        p.languages(),
                        p.published(),
                        p.url(),
                        Visibility.FOLLOWERS)));
        bridge.settle();
        assertThat(texts(nostr.all())).isEmpty();
        assertThat(ports.ledger().original(p.id()))
                .as("not even its id is kept")
                .isEmpty();
    }

    @Test
    void aReplyFromTheOtherSideArrivesInTheThread() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var question = post(alice, "who is there?", Optional.empty());
        fedi.happens(question);
        bridge.settle();
        NativeId copy = ports.ledger()
                .copy(question.post().id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        nostr.happens(post(nora, "me", Optional.of(copy)));
        bridge.settle();
        var reply = only(Activity.Publish.class, fedi.at(fedi.inbox(alice)))
                .getFirst()
                .post();
        assertThat(reply.text().text()).isEqualTo("me");
        assertThat(reply.author()).isEqualTo(ghost(nora, Network.ACTIVITYPUB));
        assertThat(reply.inReplyTo()).contains(ObjectRef.of(question.post().id()));
    }

    @Test
    void aReplyWaitsDaysForItsParentAndComesAfterIt() {
        optIn(alice, fedi, Network.NOSTR);
        var parent = post(alice, "first", Optional.empty());
        nostr.failing((_, activity) ->
                activity instanceof Activity.Publish p && p.post().text().text().equals("first")
                        ? Optional.of(new Retry(Optional.empty(), "busy"))
                        : Optional.empty());
        fedi.happens(parent);
        fedi.happens(post(alice, "second", Optional.of(parent.post().id())));
        bridge.settle();
        bridge.after(Duration.ofHours(30));
        assertThat(texts(nostr.all())).isEmpty();
        nostr.working();
        bridge.after(Duration.ofHours(2));
        assertThat(texts(nostr.all())).containsExactly("first", "second");
        assertThat(ports.parking().count()).isZero();
    }

    @Test
    void aReplyThatOvertakesItsParentStillComesAfterIt() {
        optIn(alice, fedi, Network.NOSTR);
        var parent = post(alice, "first", Optional.empty());
        fedi.happens(parent);
        fedi.happens(post(alice, "second", Optional.of(parent.post().id())));
        bridge.bridgeOnly();
        bridge.reverseOutbox();
        bridge.settle();
        bridge.after(Duration.ofMinutes(2));
        assertThat(texts(nostr.all())).containsExactly("first", "second");
    }

    @Test
    void aReplyToAPostFromBeforeTheOptInBringsThatPostAlong() {
        var old = post(alice, "before I joined", Optional.empty());
        fedi.existed(old);
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(post(alice, "after", Optional.of(old.post().id())));
        bridge.settle();
        bridge.after(Duration.ofMinutes(5));
        assertThat(texts(nostr.all())).containsExactly("before I joined", "after");
    }

    @Test
    void aReplyToSomebodyWhoIsNotBridgedIsNotCarriedAndSaysWhy() {
        var theirs = post(dora, "not for export", Optional.empty());
        fedi.existed(theirs);
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(post(alice, "nice", Optional.of(theirs.post().id())));
        bridge.settle();
        assertThat(texts(nostr.all())).isEmpty();
        assertThat(ports.crossings().newest(1).getFirst().state()).isEqualTo(Crossings.State.SKIPPED);
        assertThat(ports.crossings().newest(1).getFirst().reason()).contains("not carried");
    }

    @Test
    void aDeleteReachesEveryPlaceTheCopyWentTo() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        for (NativeId follower : List.of(alice, dora)) {
            fedi.happens(new Activity.Follow(
                    id(follower, "follow"), follower, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        }
        var post = post(nora, "soon gone", Optional.empty());
        nostr.happens(post);
        bridge.settle();
        fedi.happens(new Activity.Unfollow(
                id(dora, "undo"), dora, clock.instant(), ghost(nora, Network.ACTIVITYPUB), Optional.empty()));
        nostr.happens(new Activity.Delete(
                id(nora, "delete"), nora, clock.instant(), post.post().id()));
        bridge.settle();
        for (NativeId follower : List.of(alice, dora)) {
            assertThat(only(Activity.Delete.class, fedi.at(fedi.inbox(follower))))
                    .hasSize(1);
        }
        assertThat(ports.ledger().copiesOf(post.post().id())).isEmpty();
    }

    @Test
    void aDeleteNeverOvertakesTheCreateThatWaits() {
        optIn(alice, fedi, Network.NOSTR);
        nostr.failing((_, activity) -> activity instanceof Activity.Publish
                ? Optional.of(new Retry(Optional.empty(), "busy"))
                : Optional.empty());
        var post = post(alice, "never mind", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), post.post().id()));
        bridge.settle();
        nostr.working();
        bridge.after(Duration.ofHours(1));
        assertThat(texts(nostr.all()))
                .as("deleted before it crossed: it never crosses")
                .isEmpty();
        assertThat(ports.parking().count()).isZero();
    }

    @Test
    void aDeleteThatArrivesFirstIsRemembered() {
        optIn(alice, fedi, Network.NOSTR);
        var post = post(alice, "late", Optional.empty());
        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), post.post().id()));
        fedi.happens(post);
        bridge.settle();
        assertThat(texts(nostr.all())).isEmpty();
    }

    @Test
    void nobodyDeletesWhatSomebodyElseWrote() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(dora, fedi, Network.NOSTR);
        var post = post(alice, "mine", Optional.empty());
        fedi.happens(post);
        fedi.happens(new Activity.Delete(
                id(dora, "delete"), dora, clock.instant(), post.post().id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, nostr.all())).isEmpty();
        assertThat(ports.ledger().tombstoned(post.post().id())).isFalse();
    }

    @Test
    void nobodySpeaksForSomebodyElse() {
        optIn(alice, fedi, Network.NOSTR);
        var forged = post(dora, "I am dora", Optional.empty());
        fedi.happens(new Activity.Repost(
                id(alice, "x"),
                alice,
                clock.instant(),
                ObjectRef.of(forged.post().id())));
        bridge.settle();
        assertThat(nostr.all().stream().map(Activity::author)).doesNotContain(dora);
    }

    @Test
    void unfollowingTheBotDeletesEveryCopyAndThenTheGhost() {
        leavesBy(new Activity.Unfollow(
                id(alice, "undo"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR), Optional.empty()));
    }

    @Test
    void blockingTheBotSendsDeletes() {
        leavesBy(new Activity.Block(
                id(alice, "block"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
    }

    @Test
    void deletingTheAccountSendsDeletes() {
        leavesBy(new Activity.DeleteAccount(id(alice, "gone"), alice, clock.instant()));
    }

    @Test
    void anUnfollowThatNamesOnlyTheFollowIsKnownToBeOfTheBot() {
        optIn(alice, fedi, Network.NOSTR);
        assertThat(ports.follows().find(alice, dev.drawbridge.model.Ghost.botOrigin(Network.NOSTR)))
                .isPresent();
        unfollowingTheBotDeletesEveryCopyAndThenTheGhost();
        assertThat(ports.follows().followedBy(alice)).isEmpty();
    }

    @Test
    void theBotFollowsBackUnderANewNameWhenSomebodyReturnsAndUnfollowsWhoLeaves() {
        whoLeftCanComeBack();
        var follows = only(Activity.Follow.class, fedi.at(fedi.inbox(alice)));
        assertThat(follows).hasSize(2).extracting(Activity::id).doesNotHaveDuplicates();
        assertThat(only(Activity.Unfollow.class, fedi.at(fedi.inbox(alice)))).hasSize(1);
    }

    private void leavesBy(Activity leaving) {
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(post(alice, "one", Optional.empty()));
        fedi.happens(post(alice, "two", Optional.empty()));
        bridge.settle();
        fedi.happens(leaving);
        bridge.settle();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(2);
        assertThat(nostr.all().getLast()).isInstanceOf(Activity.DeleteAccount.class);
        assertThat(ports.identities().find(alice, Network.NOSTR).orElseThrow().active())
                .isFalse();
        assertThat(fedi.happens(post(alice, "three", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void whoLeftCanComeBack() {
        unfollowingTheBotDeletesEveryCopyAndThenTheGhost();
        clock.advance(Duration.ofMinutes(1));
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(post(alice, "back again", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).contains("back again");
        assertThat(ports.identities().find(alice, Network.NOSTR).orElseThrow().active())
                .isTrue();
    }

    @Test
    void whatWaitsWhenItsAuthorLeavesNeverCrosses() {
        optIn(alice, fedi, Network.NOSTR);
        nostr.failing((_, _) -> Optional.of(new Retry(Optional.empty(), "down")));
        fedi.happens(post(alice, "stuck", Optional.empty()));
        bridge.settle();
        fedi.happens(new Activity.Unfollow(
                id(alice, "undo"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR), Optional.empty()));
        bridge.settle();
        nostr.working();
        bridge.after(Duration.ofHours(2));
        assertThat(texts(nostr.all())).isEmpty();
    }

    @Test
    void followingAGhostIsARequestAndOptsNobodyIn() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var follow = new Activity.Follow(id(alice, "follow"), alice, clock.instant(), ghost(nora, Network.ACTIVITYPUB));
        fedi.happens(follow);
        nostr.happens(post(nora, "for my followers", Optional.empty()));
        bridge.settle();
        assertThat(texts(fedi.at(fedi.inbox(alice)))).containsExactly("for my followers");
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(alice))))
                .extracting(Activity.FollowAnswer::follow)
                .containsExactly(follow.id());
        assertThat(fedi.happens(post(alice, "mine", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
        assertThat(only(Activity.Follow.class, nostr.all()))
                .as("the follower is not bridged")
                .isEmpty();
    }

    @Test
    void aFollowOfABridgedPersonCrosses() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(
                new Activity.Follow(id(alice, "follow"), alice, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.settle();
        assertThat(only(Activity.Follow.class, nostr.all())).singleElement().satisfies(follow -> {
            assertThat(follow.author()).isEqualTo(ghost(alice, Network.NOSTR));
            assertThat(follow.target()).isEqualTo(nora);
        });
        fedi.happens(new Activity.Unfollow(
                id(alice, "undo"), alice, clock.instant(), ghost(nora, Network.ACTIVITYPUB), Optional.empty()));
        bridge.settle();
        assertThat(only(Activity.Unfollow.class, nostr.all())).hasSize(1);
        nostr.happens(post(nora, "anybody?", Optional.empty()));
        bridge.settle();
        assertThat(texts(fedi.at(fedi.inbox(alice)))).isEmpty();
    }

    @Test
    void aLockedPersonIsFollowedOnlyAfterTheyAccept() {
        fedi.profile(new Profile(
                alice, "@alice", "Alice", RichText.EMPTY, Optional.empty(), Optional.empty(), false, true, false));
        optIn(alice, fedi, Network.NOSTR);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var follow = new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(alice, Network.NOSTR));
        nostr.happens(follow);
        bridge.settle();
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(alice))))
                .filteredOn(f -> f.author().equals(ghost(nora, Network.ACTIVITYPUB)))
                .hasSize(1);
        assertThat(ports.follows().find(nora, alice).orElseThrow().active()).isFalse();
        fedi.happens(new Activity.FollowAnswer(
                id(alice, "accept"), alice, clock.instant(), follow.id(), ghost(nora, Network.ACTIVITYPUB), true));
        bridge.settle();
        assertThat(ports.follows().find(nora, alice).orElseThrow().active()).isTrue();
    }

    @Test
    void theBridgeNeverBridgesWhatItMade() {
        optIn(alice, fedi, Network.NOSTR);
        Receipt receipt = nostr.happens(post(ghost(alice, Network.NOSTR), "echo", Optional.empty()));
        assertThat(receipt).isEqualTo(new Receipt.Ignored("made by this bridge"));
    }

    @Test
    void aSlowPlaceHoldsNobodyElseUpAndKeepsItsOrder() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        for (NativeId follower : List.of(alice, dora)) {
            fedi.happens(new Activity.Follow(
                    id(follower, "follow"), follower, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        }
        bridge.settle();
        fedi.failing((place, _) -> place.equals(fedi.inbox(alice))
                ? Optional.of(new Retry(Optional.of(Duration.ofMinutes(10)), "503"))
                : Optional.empty());
        for (String text : List.of("a", "b", "c")) {
            nostr.happens(post(nora, text, Optional.empty()));
            bridge.settle();
        }
        assertThat(texts(fedi.at(fedi.inbox(dora)))).containsExactly("a", "b", "c");
        assertThat(texts(fedi.at(fedi.inbox(alice)))).isEmpty();
        fedi.working();
        bridge.after(Duration.ofMinutes(5));
        assertThat(texts(fedi.at(fedi.inbox(alice))))
                .as("it asked for ten minutes")
                .isEmpty();
        bridge.after(Duration.ofMinutes(6));
        assertThat(texts(fedi.at(fedi.inbox(alice)))).containsExactly("a", "b", "c");
    }

    @Test
    void aRefusedDeliveryHoldsNothingUp() {
        optIn(alice, fedi, Network.NOSTR);
        nostr.failing((_, activity) ->
                activity instanceof Activity.Publish p && p.post().text().text().equals("bad")
                        ? Optional.of(new Refused("blocked: no"))
                        : Optional.empty());
        fedi.happens(post(alice, "bad", Optional.empty()));
        fedi.happens(post(alice, "good", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactly("good");
        assertThat(ports.crossings().count(Crossings.State.REFUSED)).isEqualTo(1);
    }

    @Test
    void aPlaceThatIsGoneIsForgotten() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        fedi.happens(
                new Activity.Follow(id(alice, "follow"), alice, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.settle();
        fedi.failing((place, _) -> place.equals(fedi.inbox(alice)) ? Optional.of(new Gone("410")) : Optional.empty());
        nostr.happens(post(nora, "anybody?", Optional.empty()));
        bridge.settle();
        assertThat(ports.follows().reachOf(nora, Network.ACTIVITYPUB)).isEmpty();
        assertThat(ports.parking().count()).isZero();
    }

    @Test
    void whatCannotBeDeliveredForDaysIsKeptForTheOperator() {
        optIn(alice, fedi, Network.NOSTR);
        nostr.failing((_, _) -> Optional.of(new Retry(Optional.empty(), "down for good")));
        fedi.happens(post(alice, "lost?", Optional.empty()));
        bridge.settle();
        for (int hour = 0; hour < 80; hour++) {
            bridge.after(Duration.ofHours(1));
        }
        assertThat(ports.parking().count()).isZero();
        assertThat(ports.deadLetters().newest(10)).extracting(l -> l.reason()).containsExactly("down for good");
        assertThat(ports.crossings().count(Crossings.State.GIVEN_UP)).isEqualTo(1);
    }

    @Test
    void withoutADirectoryThePostWaitsForItsAuthorsGhost() {
        sky.directoryDown(true);
        bridge = new FakeBridge(ports, clock, List.of(fedi, nostr, sky));
        optIn(alice, fedi, Network.ATPROTO);
        fedi.happens(post(alice, "patience", Optional.empty()));
        bridge.settle();
        assertThat(sky.all()).isEmpty();
        sky.directoryDown(false);
        bridge.after(Duration.ofHours(1));
        assertThat(texts(sky.all())).containsExactly("patience");
        assertThat(sky.all().getFirst()).isInstanceOf(Activity.ProfileUpdate.class);
    }

    @Test
    void aLikeOfACopyReachesTheOriginalAndItsUndoToo() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var post = post(alice, "like me", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        NativeId copy = ports.ledger()
                .copy(post.post().id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        var like = new Activity.React(id(nora, "like"), nora, clock.instant(), ObjectRef.of(copy), Optional.empty());
        nostr.happens(like);
        bridge.settle();
        assertThat(only(Activity.React.class, fedi.at(fedi.inbox(alice))))
                .extracting(r -> r.target().id())
                .containsExactly(post.post().id());
        nostr.happens(new Activity.Delete(id(nora, "undo"), nora, clock.instant(), like.id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, fedi.at(fedi.inbox(alice)))).hasSize(1);
    }
}
