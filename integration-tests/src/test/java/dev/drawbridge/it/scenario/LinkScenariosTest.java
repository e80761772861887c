package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Sanction;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.testkit.InMemoryLinks;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Alice of the Fediverse has an account of her own on the AT Protocol: no stand-in of hers is there (ADR 60).
class LinkScenariosTest extends Scenario {
    private final NativeId own = sky.person("alice.sky");

    @BeforeEach
    void bothNameEachOther() {
        names(fedi, alice, own);
        names(sky, own, alice);
    }

    private static void names(FakeNetwork home, NativeId account, NativeId... others) {
        List<URI> aliases = Arrays.stream(others).map(FakeNetwork::alias).toList();
        home.profile(
                Profile.builder(account, "@" + account.value()).aliases(aliases).build());
    }

    private String tell(String text) {
        clock.advance(Duration.ofSeconds(1));
        return tell(alice, fedi, Network.ATPROTO, text);
    }

    private String link() {
        return tell("link alice.sky");
    }

    private void posts(String text) {
        clock.advance(Duration.ofSeconds(1));
        fedi.happens(post(alice, text, Optional.empty()));
        bridge.settle();
    }

    private List<NativeId> linked() {
        return ports.links().of(alice).stream().map(link -> link.other(alice)).toList();
    }

    private Profile shown() {
        return only(Activity.ProfileUpdate.class, sky.all()).getLast().profile();
    }

    private void lookAfter(Duration time) {
        clock.advance(time);
        bridge.links();
    }

    @Test
    void whoIsThereThemselvesHasNoStandInThere() {
        assertThat(link()).contains("you are there yourself, as @alice.sky");
        assertThat(tell("start")).contains("you have an account of your own there");
        optIn(alice, fedi, Network.ATPROTO);
        posts("hello");
        assertThat(wants(alice, Network.ATPROTO)).isFalse();
        assertThat(ports.identities().find(alice, Network.ATPROTO)).isEmpty();
        assertThat(texts(sky.all())).isEmpty();
        assertThat(tell("status")).contains("you are there yourself, as @alice.sky");
        assertThat(tell("start nostr")).contains("From now on");
        posts("to the others");
        assertThat(texts(nostr.all())).containsExactly("to the others");
    }

    @Test
    void theStandInTheyHadSaysNothingMoreAndStays() {
        optIn(alice, fedi, Network.ATPROTO);
        posts("hello");
        assertThat(link()).contains("I carry nothing any more where you are yourself");
        posts("said after that");
        assertThat(texts(sky.all())).containsExactly("hello");
        assertThat(only(Activity.Delete.class, sky.all())).isEmpty();
        assertThat(only(Activity.DeleteAccount.class, sky.all())).isEmpty();
        assertThat(shown().movedTo()).contains(own);
        assertThat(shown().bio().text()).startsWith("Nothing new comes here: the owner of this account is here as");
    }

    @Test
    void neitherHasAStandInOfTheOthers() {
        sky.happens(new Activity.Follow(
                id(own, "follow"), own, clock.instant(), bot(Network.ATPROTO, Network.ACTIVITYPUB)));
        bridge.settle();
        assertThat(wants(own, Network.ACTIVITYPUB)).isTrue();
        assertThat(link()).contains("@alice.sky has to say link too");
        assertThat(wants(own, Network.ACTIVITYPUB)).isTrue();
        tell(own, sky, Network.ACTIVITYPUB, "link alice");
        assertThat(wants(own, Network.ACTIVITYPUB)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        tell(own, sky, Network.ACTIVITYPUB, "start");
        assertThat(wants(own, Network.ACTIVITYPUB)).isFalse();
    }

    @Test
    void whoSaidItFirstIsToldOnceThatItIsSoAndTheOtherCanEndIt() {
        NativeId key = nostr.person("alice-npub");
        names(nostr, key, alice);
        names(fedi, alice, key);
        optIn(key, nostr, Network.ACTIVITYPUB);
        tell("link alice-npub");
        tell("link alice-npub");
        assertThat(letters(alice, fedi)).noneMatch(letter -> letter.contains("you are there yourself"));
        for (int time = 0; time < 2; time++) {
            clock.advance(Duration.ofSeconds(1));
            tell(key, nostr, Network.ACTIVITYPUB, "link alice");
        }
        assertThat(letters(alice, fedi))
                .filteredOn(letter -> letter.contains("you are there yourself, as @alice-npub"))
                .hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tell(key, nostr, Network.ACTIVITYPUB, "unlink")).contains("@alice is not taken for you any more");
        assertThat(linked()).isEmpty();
    }

    private Post mentionedBy(NativeId author, FakeNetwork home, NativeId whom, String text) {
        NativeId id = id(author, "post");
        var mention = new Facet.Mention(0, text.length(), whom);
        home.happens(new Activity.Publish(
                id,
                clock.instant(),
                Post.builder(id, author, clock.instant())
                        .text(new RichText(text, List.of(mention)))
                        .build()));
        bridge.settle();
        FakeNetwork there = home == nostr ? sky : fedi;
        return only(Activity.Publish.class, there.all()).stream()
                .map(Activity.Publish::post)
                .filter(post -> post.text().text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static NativeId mentioned(Post post) {
        return ((Facet.Mention) post.text().facets().getFirst()).actor();
    }

    @Test
    void whoIsToldOfThemIsToldOfTheirOwnAccountAndItHearsOfIt() {
        optIn(nora, nostr, Network.ATPROTO);
        assertThat(mentioned(mentionedBy(nora, nostr, alice, "@before"))).isEqualTo(alice);
        link();
        assertThat(mentioned(mentionedBy(nora, nostr, alice, "@after"))).isEqualTo(own);
        NativeId carl = sky.person("carl");
        optIn(carl, sky, Network.ACTIVITYPUB);
        assertThat(mentioned(mentionedBy(carl, sky, own, "@alice.sky hello"))).isEqualTo(alice);
        assertThat(texts(fedi.at(fedi.inbox(alice))))
                .as("she hears of it at home")
                .contains("@alice.sky hello");
        tell("unlink");
        assertThat(mentioned(mentionedBy(nora, nostr, alice, "@again"))).isEqualTo(alice);
    }

    @Test
    void whatIsLeftOfTheStandInIsTakenBackByTheStandIn() {
        optIn(alice, fedi, Network.ATPROTO);
        posts("hello");
        link();
        assertThat(tell("stop")).contains("is taken back");
        assertThat(only(Activity.Delete.class, sky.all()))
                .singleElement()
                .extracting(Activity.Delete::author)
                .isEqualTo(ghost(alice, Network.ATPROTO));
        assertThat(only(Activity.DeleteAccount.class, sky.all()))
                .singleElement()
                .extracting(Activity.DeleteAccount::author)
                .isEqualTo(ghost(alice, Network.ATPROTO));
        assertThat(linked()).isEmpty();
    }

    @Test
    void oneSideAloneProvesNothingAndTheySayWhichIsMissing() {
        optIn(alice, fedi, Network.ATPROTO);
        names(fedi, alice);
        assertThat(link())
                .contains("Your account here does not say that alice.sky is yours", "https://atproto.example/");
        names(fedi, alice, own);
        names(sky, own, dora);
        assertThat(link())
                .contains("alice.sky does not say that this account here is yours", "https://activitypub.example/");
        assertThat(linked()).isEmpty();
        assertThat(wants(alice, Network.ATPROTO)).isTrue();
        posts("still here");
        assertThat(texts(sky.all())).containsExactly("still here");
    }

    @Test
    void whoCannotBeAskedProvesNothing() {
        for (FakeNetwork silent : List.of(fedi, sky)) {
            silent.unanswering(silent == fedi ? alice : own);
            assertThat(link()).contains("does not answer now", "Nothing changed");
            silent.answering();
        }
        assertThat(linked()).isEmpty();
    }

    @Test
    void nobodyIsLinkedWithNobodyNorWithAStandIn() {
        optIn(nora, nostr, Network.ATPROTO);
        sky.profile(Profile.builder(ghost(nora, Network.ATPROTO), "@standin")
                .aliases(List.of(FakeNetwork.alias(alice)))
                .build());
        names(fedi, alice, nora, ghost(nora, Network.ATPROTO));
        assertThat(tell("link nobody.sky")).contains("no account of another network called nobody.sky");
        assertThat(tell("link standin")).contains("does not say that this account here is yours");
        assertThat(linked()).isEmpty();
    }

    @Test
    void anAccountIsLinkedWithOneOfANetwork() {
        link();
        names(sky, own, alice, dora);
        names(fedi, dora, own);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tell(dora, fedi, Network.ATPROTO, "link alice.sky")).contains("Say unlink first");
        NativeId second = sky.person("second.sky");
        names(sky, second, alice);
        names(fedi, alice, own, second);
        assertThat(tell("link second.sky")).contains("Say unlink first");
        assertThat(linked()).containsExactly(own);
        assertThat(ports.links().of(dora)).isEmpty();
    }

    @Test
    void aProofThatIsWithdrawnEndsItAndTheyAreTold() {
        link();
        lookAfter(Duration.ofHours(25));
        assertThat(linked()).containsExactly(own);
        names(sky, own);
        lookAfter(Duration.ofHours(23));
        assertThat(linked()).as("not looked at yet").containsExactly(own);
        lookAfter(Duration.ofHours(2));
        assertThat(linked()).as("a server may have a bad hour").containsExactly(own);
        names(sky, own, alice);
        lookAfter(Duration.ofHours(6));
        names(sky, own);
        lookAfter(Duration.ofHours(24));
        assertThat(linked()).as("it came back meanwhile").containsExactly(own);
        lookAfter(Duration.ofHours(5));
        assertThat(linked()).as("not looked at again yet").containsExactly(own);
        lookAfter(Duration.ofHours(1));
        assertThat(linked()).isEmpty();
        assertThat(letters(alice, fedi).getLast()).contains("do not both say any more", "@alice.sky", "start atproto");
        assertThat(tell("start")).contains("From now on");
        assertThat(wants(alice, Network.ATPROTO)).isTrue();
    }

    @Test
    void aServerThatIsSilentForLongEndsItAndOneThatComesBackDoesNot() {
        link();
        sky.unanswering(own);
        for (int day = 0; day < 29; day++) {
            lookAfter(Duration.ofDays(1));
        }
        assertThat(linked()).containsExactly(own);
        sky.answering();
        lookAfter(Duration.ofDays(1));
        sky.unanswering(own);
        for (int day = 0; day < 29; day++) {
            lookAfter(Duration.ofDays(1));
        }
        assertThat(linked()).containsExactly(own);
        int before = letters(alice, fedi).size();
        lookAfter(Duration.ofDays(2));
        assertThat(linked()).isEmpty();
        assertThat(letters(alice, fedi)).hasSize(before + 1).last().asString().contains("For a month nobody");
    }

    @Test
    void unlinkEndsTheOneTheyNameAndStartShowsTheStandInAgain() {
        optIn(alice, fedi, Network.ATPROTO);
        link();
        NativeId other = nostr.person("alice-npub");
        names(nostr, other, alice);
        names(fedi, alice, own, other);
        assertThat(tell("link alice-npub")).contains("you are there yourself, as @alice-npub");
        assertThat(tell("unlink somebody.else")).contains("No such account is linked");
        assertThat(tell("unlink alice.sky")).contains("@alice.sky is not taken for you any more", "start atproto");
        assertThat(linked()).containsExactly(other);
        assertThat(tell("unlink nostr")).contains("@alice-npub is not taken");
        assertThat(linked()).isEmpty();
        tell("start");
        assertThat(shown().movedTo()).isEmpty();
        assertThat(shown().bio().text()).doesNotContain("Nothing new");
        posts("back");
        assertThat(texts(sky.all())).containsExactly("back");
    }

    @Test
    void saidTwiceAndHalfDoneItIsOneLink() {
        optIn(alice, fedi, Network.ATPROTO);
        clock.advance(Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.ATPROTO), "link alice.sky");
        bridge.redeliver();
        bridge.bridgeOne();
        names(sky, own);
        bridge.settle();
        assertThat(linked()).containsExactly(own);
        assertThat(letters(alice, fedi))
                .filteredOn(letter -> letter.contains("you are there yourself"))
                .hasSize(1);
        assertThat(wants(alice, Network.ATPROTO)).isFalse();
    }

    @Test
    void whoLeavesWithEverythingIsLinkedWithNobody() {
        link();
        tell("delete");
        assertThat(linked()).isEmpty();
        link();
        clock.advance(Duration.ofSeconds(1));
        tell("start nostr");
        fedi.happens(new Activity.ProfileUpdate(
                id(alice, "profile"),
                clock.instant(),
                Profile.builder(alice, "@alice").refusesBridging(true).build()));
        bridge.settle();
        assertThat(linked()).isEmpty();
    }

    @Test
    void anAccountThatIsDeletedIsLinkedWithNobody() {
        tell("start nostr");
        link();
        clock.advance(Duration.ofSeconds(1));
        fedi.happens(new Activity.DeleteAccount(id(alice, "gone"), alice, clock.instant()));
        bridge.settle();
        assertThat(linked()).isEmpty();
        assertThat(ports.links().of(own)).isEmpty();
    }

    @Test
    void whomTheOperatorRemovedIsNotLinkedAnyMore() {
        optIn(alice, fedi, Network.ATPROTO);
        link();
        clock.advance(Duration.ofSeconds(1));
        bridge.decided(new Sanction(true, "spam", clock.instant()).about(alice));
        bridge.settle();
        assertThat(linked()).isEmpty();
    }

    private void half(NativeId lost) {
        ((InMemoryLinks) ports.links()).lose(lost);
        assertThat(ports.links().of(lost)).isEmpty();
        assertThat(ports.links().of(lost.equals(own) ? alice : own)).hasSize(1);
        lookAfter(Duration.ofHours(25));
        assertThat(linked()).isEmpty();
        assertThat(ports.links().of(own)).isEmpty();
    }

    @Test
    void aLinkThatWasEndedByHalfBindsNobody() {
        link();
        int before = letters(alice, fedi).size();
        half(alice);
        assertThat(letters(alice, fedi)).as("she ended it herself").hasSize(before);
        assertThat(link()).contains("you are there yourself");
        half(own);
        assertThat(letters(alice, fedi).getLast()).contains("do not both say any more");
        assertThat(tell("start")).contains("From now on");
    }

    @Test
    void whoWantsToFollowThemIsToldOfTheirOwnAccount() {
        NativeId key = nostr.person("alice-npub");
        names(nostr, key, alice);
        names(fedi, alice, key);
        tell("link alice-npub");
        optIn(nora, nostr, Network.ACTIVITYPUB);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tell(nora, nostr, Network.ACTIVITYPUB, "follow alice")).contains("alice is here as @alice-npub");
    }
}
