package dev.drawbridge.it.scenario;

import static dev.drawbridge.model.spi.DeliveryOutcome.Retry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who is carried, who is not, and what leaving takes back.
class ConsentScenariosTest extends Scenario {
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
    void aWordToTheBotCarriesLikeAFollowAndKeepsNone() {
        assertThat(nostr.says(asksIn())).isInstanceOf(Receipt.Accepted.class);
        bridge.settle();
        nostr.happens(post(nora, "hello", Optional.empty()));
        bridge.settle();
        assertThat(texts(fedi.all())).containsExactly("hello");
        assertThat(ports.follows().followedBy(nora)).isEmpty();
        assertThat(ports.consents()
                        .find(nora, Network.ACTIVITYPUB)
                        .orElseThrow()
                        .how())
                .isEqualTo("asked the bot");

        clock.advance(Duration.ofSeconds(1));
        nostr.says(asksOut());
        bridge.settle();
        assertThat(ports.consents()
                        .find(nora, Network.ACTIVITYPUB)
                        .orElseThrow()
                        .given())
                .isFalse();
        assertThat(only(Activity.Delete.class, fedi.all())).hasSize(1);
        assertThat(nostr.happens(post(nora, "again", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void aWordThatComesAgainLateUndoesNothing() {
        Activity.Follow start = asksIn();
        clock.advance(Duration.ofSeconds(1));
        Activity.Unfollow stop = asksOut();
        clock.advance(Duration.ofSeconds(1));
        Activity.Follow secondStart = asksIn();
        nostr.says(start);
        nostr.says(stop);
        nostr.says(secondStart);
        bridge.settle();
        nostr.happens(post(nora, "hello", Optional.empty()));
        bridge.settle();

        nostr.says(stop);
        bridge.settle();
        assertThat(ports.consents()
                        .find(nora, Network.ACTIVITYPUB)
                        .orElseThrow()
                        .given())
                .isTrue();
        assertThat(only(Activity.Delete.class, fedi.all())).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        nostr.says(asksOut());
        nostr.says(secondStart);
        bridge.settle();
        assertThat(ports.consents()
                        .find(nora, Network.ACTIVITYPUB)
                        .orElseThrow()
                        .given())
                .isFalse();
    }

    @Test
    void whoSaidStopAndStillFollowsTheBotStaysAway() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        clock.advance(Duration.ofSeconds(1));
        nostr.says(asksOut());
        bridge.settle();
        assertThat(ports.consents()
                        .find(nora, Network.ACTIVITYPUB)
                        .orElseThrow()
                        .given())
                .isFalse();
        assertThat(ports.follows().followedBy(nora))
                .as("a list that still names the bot says nothing new")
                .hasSize(1);
    }

    @Test
    void aWordOfAStrangerToSomebodyElseIsNotStored() {
        var word = new Activity.Follow(id(nora, "word"), nora, clock.instant(), nostr.person("nils"));
        assertThat(nostr.says(word)).isInstanceOf(Receipt.Ignored.class);
    }

    private Activity.Follow asksIn() {
        return new Activity.Follow(id(nora, "word"), nora, clock.instant(), bot(Network.NOSTR, Network.ACTIVITYPUB));
    }

    private Activity.Unfollow asksOut() {
        return new Activity.Unfollow(
                id(nora, "word"), nora, clock.instant(), bot(Network.NOSTR, Network.ACTIVITYPUB), Optional.empty());
    }

    @Test
    void whatWasWrittenBeforeTheOptInStaysHomeAlsoWhereWeReadItAfterwards() {
        var old = post(nora, "nobody may carry this", Optional.empty());
        clock.advance(Duration.ofSeconds(1));
        optIn(nora, nostr, Network.ACTIVITYPUB);
        nostr.happens(old);
        nostr.happens(post(nora, "this they may", Optional.empty()));
        bridge.settle();
        assertThat(texts(fedi.all())).containsExactly("this they may");
        assertThat(ports.ledger().original(old.post().id())).isEmpty();
    }

    @Test
    void aProfileThatRefusesIsNotCarriedEvenIfItsOwnerFollowsTheBot() {
        fedi.profile(Profile.builder(alice, "@alice")
                .displayName("Alice #nobridge")
                .refusesBridging(true)
                .build());
        optIn(alice, fedi, Network.NOSTR);
        assertThat(ports.consents().of(alice)).isEmpty();
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(alice))))
                .singleElement()
                .satisfies(answer -> assertThat(answer.accepted()).isFalse());
        assertThat(fedi.happens(post(alice, "hello", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void followersOnlyPostsAndPostsTaggedNobridgeStayHome() {
        optIn(alice, fedi, Network.NOSTR);
        var open = post(alice, "for my followers", Optional.empty());
        Post p = open.post();
        fedi.happens(new Activity.Publish(
                open.id(),
                open.at(),
                Post.builder(p.id(), alice, p.published())
                        .version(p.version())
                        .text(p.text())
                        .warning(p.warning())
                        .inReplyTo(p.inReplyTo())
                        .threadRoot(p.threadRoot())
                        .languages(p.languages())
                        .url(p.url())
                        .visibility(Visibility.FOLLOWERS)
                        .build()));
        bridge.settle();
        assertThat(texts(nostr.all())).isEmpty();
        assertThat(ports.ledger().original(p.id()))
                .as("not even its id is kept")
                .isEmpty();
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
        fedi.profile(Profile.builder(alice, "@alice")
                .displayName("Alice")
                .locked(true)
                .build());
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
}
