package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.InteractionPolicy.Group;
import dev.drawbridge.model.InteractionPolicy.People;
import dev.drawbridge.model.InteractionPolicy.Rule;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.spi.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What authors say about who may answer, like, repost and quote them is kept on every network.
class InteractionScenariosTest extends Scenario {
    private static final Rule ASK_ME = new Rule(People.NOBODY, People.EVERYBODY);

    @BeforeEach
    void everybodyIsHere() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(alice, fedi, Network.ATPROTO);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        optIn(nora, nostr, Network.ATPROTO);
    }

    private static InteractionPolicy policy(Rule reply, Rule like, Rule repost, Rule quote) {
        return new InteractionPolicy(Optional.of(reply), Optional.of(like), Optional.of(repost), Optional.of(quote));
    }

    private static InteractionPolicy forEverything(Rule rule) {
        return policy(rule, rule, rule, rule);
    }

    /// Alice says something under terms.
    ///
    /// @return how nostr knows it
    private NativeId says(InteractionPolicy terms) {
        var publish = post(alice, "mine", Optional.empty());
        var post = publish.post().toBuilder().interactions(Optional.of(terms)).build();
        fedi.happens(new Activity.Publish(publish.id(), publish.at(), post));
        bridge.settle();
        return ports.ledger().copy(post.id(), Network.NOSTR).orElseThrow().ref().id();
    }

    private void noraDoesEverythingWith(NativeId copy) {
        nostr.happens(post(nora, "an answer", Optional.of(copy)));
        var like = new Activity.React(id(nora, "like"), nora, clock.instant(), ObjectRef.of(copy), Optional.empty());
        nostr.happens(like);
        nostr.happens(new Activity.Repost(id(nora, "repost"), nora, clock.instant(), ObjectRef.of(copy)));
        var quoting = post(nora, "look at this", Optional.empty());
        nostr.happens(new Activity.Publish(
                quoting.id(),
                quoting.at(),
                quoting.post().toBuilder().quote(Optional.of(Quote.of(copy))).build()));
        bridge.settle();
    }

    private List<Activity> arrivedBy(NativeId ghost) {
        return fedi.all().stream()
                .filter(a -> a.author().equals(ghost))
                .filter(a -> !(a instanceof Activity.ProfileUpdate))
                .toList();
    }

    private List<String> refusals() {
        return ports.crossings().newest(100).stream()
                .filter(c -> c.state() == Crossings.State.REFUSED)
                .map(Crossings.Crossing::reason)
                .toList();
    }

    @Test
    void whatTheAuthorDoesNotWantIsRefusedWithAReason() {
        noraDoesEverythingWith(says(forEverything(Rule.NOBODY)));
        assertThat(arrivedBy(ghost(nora, Network.ACTIVITYPUB))).isEmpty();
        assertThat(sky.all().stream().filter(a -> a.author().equals(ghost(nora, Network.ATPROTO))))
                .filteredOn(a -> !(a instanceof Activity.ProfileUpdate))
                .as("nor on a third network, where there is a copy too")
                .isEmpty();
        assertThat(refusals())
                .contains(
                        "the author does not want it to be answered by everybody",
                        "the author does not want it to be liked by everybody",
                        "the author does not want it to be reposted by everybody",
                        "the author does not want it to be quoted by everybody");
    }

    @Test
    void whatTheAuthorAllowsToFollowersNeedsAFollow() {
        NativeId copy = says(forEverything(Rule.only(Group.FOLLOWERS)));
        noraDoesEverythingWith(copy);
        assertThat(arrivedBy(ghost(nora, Network.ACTIVITYPUB))).isEmpty();
        var follow = new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(alice, Network.NOSTR));
        nostr.happens(follow);
        bridge.settle();
        noraDoesEverythingWith(copy);
        assertThat(arrivedBy(ghost(nora, Network.ACTIVITYPUB)))
                .extracting(a -> a.getClass().getSimpleName())
                .contains("React", "Repost")
                .filteredOn("Publish"::equals)
                .hasSize(2);
    }

    @Test
    void whatTheAuthorWantsToBeAskedAboutGoesToThemAlone() {
        NativeId copy = says(policy(ASK_ME, ASK_ME, ASK_ME, Rule.NOBODY));
        var follower = new Activity.Follow(id(dora, "follow"), dora, clock.instant(), ghost(nora, Network.ACTIVITYPUB));
        fedi.happens(follower);
        bridge.settle();
        nostr.happens(post(nora, "may I answer", Optional.of(copy)));
        bridge.settle();
        assertThat(texts(fedi.at(fedi.inbox(alice)))).containsExactly("may I answer");
        assertThat(texts(fedi.at(fedi.inbox(dora)))).isEmpty();
        assertThat(texts(sky.all())).doesNotContain("may I answer");
    }

    @Test
    void whomThePostMentionsMayAnswer() {
        var publish = post(alice, "hello nora", Optional.empty());
        var mention = new dev.drawbridge.model.Facet.Mention(6, 10, ghost(nora, Network.ACTIVITYPUB));
        var post = publish.post().toBuilder()
                .text(new dev.drawbridge.model.RichText("hello nora", List.of(mention)))
                .interactions(Optional.of(forEverything(Rule.NOBODY)))
                .build();
        fedi.happens(new Activity.Publish(publish.id(), publish.at(), post));
        bridge.settle();
        NativeId copy = ports.ledger()
                .copy(post.id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        nostr.happens(post(nora, "you called", Optional.of(copy)));
        bridge.settle();
        assertThat(texts(fedi.at(fedi.inbox(alice)))).containsExactly("you called");
    }

    @Test
    void aRequestIsAnsweredAsTheAuthorDecided() {
        var mine = post(nora, "quote me", Optional.empty());
        var notThis = post(nora, "but not me", Optional.empty());
        nostr.happens(mine);
        nostr.happens(new Activity.Publish(
                notThis.id(),
                notThis.at(),
                notThis.post().toBuilder()
                        .interactions(Optional.of(forEverything(Rule.NOBODY)))
                        .build()));
        bridge.settle();
        assertThat(answerTo(mine.post().id()).accepted()).isTrue();
        assertThat(answerTo(notThis.post().id()).accepted()).isFalse();
    }

    @Test
    void aRequestAboutNothingOfOursIsIgnored() {
        var request = new Activity.InteractionRequest(
                id(dora, "request"),
                dora,
                clock.instant(),
                InteractionPolicy.Kind.QUOTE,
                ObjectRef.of(id(alice, "elsewhere")),
                Optional.empty());
        assertThat(fedi.happens(request)).isInstanceOf(Receipt.Ignored.class);
    }

    /// Dora, who did not opt in, asks to quote something.
    private Activity.InteractionAnswer answerTo(NativeId original) {
        NativeId copy = ports.ledger()
                .copy(original, Network.ACTIVITYPUB)
                .orElseThrow()
                .ref()
                .id();
        var request = new Activity.InteractionRequest(
                id(dora, "request"),
                dora,
                clock.instant(),
                InteractionPolicy.Kind.QUOTE,
                ObjectRef.of(copy),
                Optional.of(id(dora, "quote")));
        fedi.happens(request);
        bridge.settle();
        return fedi.at(fedi.inbox(dora)).stream()
                .filter(Activity.InteractionAnswer.class::isInstance)
                .map(Activity.InteractionAnswer.class::cast)
                .filter(a -> a.request().equals(request.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoKnowsAnIdEarlyCannotKeepThePostOfSomebodyElseAway() {
        optIn(dora, fedi, Network.NOSTR);
        var late = post(alice, "still here", Optional.empty());
        fedi.happens(new Activity.Delete(
                id(dora, "delete"), dora, clock.instant(), late.post().id()));
        bridge.settle();
        fedi.happens(late);
        bridge.settle();
        assertThat(texts(nostr.all())).contains("still here");
    }

    @Test
    void theAuthorsOwnDeleteIsRememberedWhenItComesFirst() {
        var late = post(alice, "never mind", Optional.empty());
        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), late.post().id()));
        bridge.settle();
        fedi.happens(late);
        bridge.settle();
        assertThat(texts(nostr.all())).doesNotContain("never mind");
    }

    @Test
    void theOptionsOfAPollAreKnownWhereVotesComeFrom() {
        var publish = post(alice, "tea?", Optional.empty());
        var poll = new Poll(
                List.of(new Poll.Option("yes", 0), new Poll.Option("no", 0)),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        fedi.happens(new Activity.Publish(
                publish.id(),
                publish.at(),
                publish.post().toBuilder().poll(Optional.of(poll)).build()));
        bridge.settle();
        assertThat(ports.ledger().original(publish.post().id()).orElseThrow().options())
                .containsExactly("yes", "no");
        NativeId copy = ports.ledger()
                .copy(publish.post().id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        nostr.happens(new Activity.Vote(id(nora, "vote"), nora, clock.instant(), copy, List.of(1)));
        bridge.settle();
        assertThat(only(Activity.Vote.class, fedi.at(fedi.inbox(alice))))
                .singleElement()
                .satisfies(vote -> assertThat(vote.choices()).containsExactly(1))
                .satisfies(
                        vote -> assertThat(vote.poll()).isEqualTo(publish.post().id()));
        assertThat(Set.copyOf(only(Activity.Vote.class, fedi.all()))).hasSize(1);
    }
}
