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
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Subject.Kind;
import dev.drawbridge.model.port.Links.Link;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nobody is taken for somebody else on the word of one, where the other one or the operator has a say (ADR 60).
class LinkWordsScenariosTest extends RuledScenario {
    private final NativeId own = nostr.person("alice-key");

    @BeforeEach
    void bothNameEachOther() {
        names(fedi, alice, own);
        names(nostr, own, alice);
    }

    private static Profile.Builder naming(NativeId account, NativeId... others) {
        List<URI> aliases = Arrays.stream(others).map(FakeNetwork::alias).toList();
        return Profile.builder(account, "@" + account.value()).aliases(aliases);
    }

    private static void names(FakeNetwork home, NativeId account, NativeId... others) {
        home.profile(naming(account, others).build());
    }

    private String alice(String text) {
        clock.advance(Duration.ofSeconds(1));
        return tell(alice, fedi, Network.NOSTR, text);
    }

    private String own(String text) {
        clock.advance(Duration.ofSeconds(1));
        return tell(own, nostr, Network.ACTIVITYPUB, text);
    }

    private List<NativeId> linked(NativeId end) {
        return ports.links().of(end).stream().map(link -> link.other(end)).toList();
    }

    private void lookAfter(Duration time) {
        clock.advance(time);
        bridge.links();
    }

    @Test
    void whoIsCarriedIsNotTakenForSomebodyUntilTheySaySoToo() {
        optIn(own, nostr, Network.ACTIVITYPUB);
        assertThat(alice("link alice-key")).contains("@alice-key has to say link too: link @alice", "Nothing changed");
        assertThat(linked(alice)).isEmpty();
        assertThat(wants(own, Network.ACTIVITYPUB)).isTrue();
        posts(own, nostr, "still here");
        assertThat(texts(fedi.all())).contains("still here");
        assertThat(own("link alice")).contains("you are there yourself, as @alice");
        assertThat(linked(alice)).containsExactly(own);
        assertThat(wants(own, Network.ACTIVITYPUB)).isFalse();
        assertThat(letters(alice, fedi).getLast()).contains("you are there yourself, as @alice-key");
    }

    @Test
    void whoEverRefusedIsNotTakenForSomebodyEither() {
        own("stop");
        assertThat(alice("link alice-key")).contains("has to say link too");
        assertThat(linked(alice)).isEmpty();
    }

    @Test
    void whoEndedItIsLinkedAgainByTheirOwnWordAlone() {
        alice("link alice-key");
        assertThat(linked(alice)).containsExactly(own);
        assertThat(own("unlink")).contains("@alice is not taken for you any more");
        assertThat(alice("link alice-key")).contains("has to say link too");
        names(nostr, own, alice, dora);
        names(fedi, dora, own);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tell(dora, fedi, Network.NOSTR, "link alice-key")).contains("has to say link too");
        assertThat(linked(own)).isEmpty();
        assertThat(own("link alice")).contains("you are there yourself");
        assertThat(linked(own)).containsExactly(alice);
    }

    @Test
    void whoSaidStopIsNotLinkedAgainByTheOtherOne() {
        alice("link alice-key");
        own("stop");
        assertThat(linked(alice)).isEmpty();
        assertThat(alice("link alice-key")).contains("has to say link too");
    }

    @Test
    void aWishCanBeTakenBack() {
        optIn(own, nostr, Network.ACTIVITYPUB);
        alice("link alice-key");
        assertThat(alice("unlink")).contains("@alice-key is not taken for you any more");
        assertThat(alice("unlink")).contains("No such account is linked");
        assertThat(own("link alice")).contains("@alice has to say link too");
        assertThat(linked(own)).isEmpty();
        assertThat(alice("link alice-key")).contains("you are there yourself");
        assertThat(linked(own)).containsExactly(alice);
    }

    @Test
    void anAccountThatIsGoneSaidNothing() {
        optIn(alice, fedi, Network.ATPROTO);
        optIn(own, nostr, Network.ACTIVITYPUB);
        alice("link alice-key");
        assertThat(ports.links().words(alice)).hasSize(1);
        fedi.happens(new Activity.DeleteAccount(id(alice, "gone"), alice, clock.instant()));
        bridge.settle();
        assertThat(ports.links().words(alice)).isEmpty();
    }

    @Test
    void whoseProfileRefusesIsLinkedWithNobody() {
        nostr.profile(naming(own, alice).refusesBridging(true).build());
        assertThat(alice("link alice-key")).contains("does not want to be bridged");
        assertThat(linked(alice)).isEmpty();
        open();
        names(nostr, own, alice);
        alice("link alice-key");
        assertThat(linked(alice)).containsExactly(own);
        open();
        nostr.profile(naming(own, alice).refusesBridging(true).build());
        lookAfter(Duration.ofHours(25));
        assertThat(linked(alice)).isEmpty();
        assertThat(letters(alice, fedi).getLast()).contains("does not want to be bridged");
    }

    @Test
    void whomARuleKeepsOutIsLinkedWithNobody() {
        names(fedi, mallory, own);
        names(nostr, own, mallory);
        assertThat(own("link mallory@spam.example")).contains("you are there yourself");
        rule(Kind.DOMAIN, "spam.example", Effect.DENY, "spam");
        lookAfter(Duration.ofHours(25));
        assertThat(linked(own)).isEmpty();
        assertThat(own("link mallory@spam.example")).contains("kept out here");
        assertThat(linked(own)).isEmpty();
    }

    @Test
    void whoIsKeptBackForAWhileIsStillThePersonTheyWere() {
        names(fedi, mallory, own);
        names(nostr, own, mallory);
        own("link mallory@spam.example");
        var ending = Optional.of(clock.instant().plus(Duration.ofDays(40)));
        clerk.put(clerk.meant(Kind.ACTOR, mallory.value()), Effect.FREEZE, "a fight", Optional.empty());
        clerk.put(clerk.meant(Kind.DOMAIN, "spam.example"), Effect.DENY, "a flood", ending);
        follow();
        assertThat(own("link mallory@spam.example"))
                .as("nobody is linked meanwhile")
                .contains("kept out here");
        for (int day = 0; day < 41; day++) {
            lookAfter(Duration.ofDays(1));
            assertThat(linked(own)).containsExactly(mallory);
        }
        ends(Kind.ACTOR, mallory.value());
        lookAfter(Duration.ofDays(1));
        assertThat(linked(own)).containsExactly(mallory);

        clerk.put(
                clerk.meant(Kind.DOMAIN, "spam.example"),
                Effect.DENY,
                "a flood",
                Optional.of(clock.instant().plus(Duration.ofDays(9))));
        follow();
        names(fedi, mallory);
        lookAfter(Duration.ofDays(1));
        lookAfter(Duration.ofHours(7));
        assertThat(linked(own)).as("what one of them takes back counts as ever").isEmpty();
    }

    @Test
    void whomTheOperatorRemovedIsLinkedWithNobodyAlsoIfTheyWereNeverCarried() {
        alice("link alice-key");
        clock.advance(Duration.ofSeconds(1));
        bridge.decided(new Sanction(true, "spam", clock.instant()).about(alice));
        bridge.settle();
        assertThat(linked(alice)).isEmpty();
        assertThat(letters(alice, fedi)).anyMatch(letter -> letter.contains("spam"));
        assertThat(alice("link alice-key")).contains("kept out here");
        assertThat(own("link alice")).contains("kept out here");
        assertThat(linked(own)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        bridge.decided(new Sanction(false, "a mistake", clock.instant()).about(alice));
        bridge.settle();
        alice("link alice-key");
        assertThat(own("link alice")).contains("you are there yourself");
        assertThat(linked(own)).containsExactly(alice);
    }

    @Test
    void whomTheOperatorRemovedFromElsewhereIsNotLinkedAnyMore() {
        optIn(alice, fedi, Network.ATPROTO);
        alice("link alice-key");
        clock.advance(Duration.ofSeconds(1));
        bridge.decided(new Sanction(true, "spam", clock.instant()).about(alice));
        bridge.settle();
        assertThat(linked(alice)).isEmpty();
    }

    @Test
    void whatIsEndedWhileServersAreAskedStaysSo() {
        alice("link alice-key");
        nostr.whenAsked(() -> ports.links().remove(alice, own));
        lookAfter(Duration.ofHours(25));
        assertThat(linked(alice)).isEmpty();
        nostr.whenAsked(() -> {});
        alice("link alice-key");
        names(nostr, own);
        lookAfter(Duration.ofHours(25));
        nostr.whenAsked(() -> ports.links().remove(alice, own));
        int before = letters(alice, fedi).size();
        lookAfter(Duration.ofHours(7));
        assertThat(linked(alice)).isEmpty();
        assertThat(letters(alice, fedi)).as("they ended it themselves").hasSize(before);
    }

    @Test
    void whoseNamesCannotBeAskedForAndWhoseNetworkIsOffIsBelievedForAWhile() {
        alice("link alice-key");
        nostr.nameless(own);
        var elsewhere = new NativeId(new Network("pigeon"), "alice");
        ports.links().put(new Link(alice, elsewhere, clock.instant(), clock.instant(), clock.instant()));
        for (int day = 0; day < 5; day++) {
            lookAfter(Duration.ofDays(1));
        }
        assertThat(linked(alice)).containsExactly(own, elsewhere);
        assertThat(alice("unlink alice-key")).contains("is not taken");
        assertThat(alice("link alice-key")).contains("does not answer now");
    }

    @Test
    void whoSaysItInWordsAndWhoseOwnNamesCannotBeAskedForIsBelievedForAWhileToo() {
        fedi.wordy(alice);
        alice("link alice-key");
        assertThat(linked(alice)).containsExactly(own);
        fedi.nameless(alice);
        for (int day = 0; day < 5; day++) {
            lookAfter(Duration.ofDays(1));
        }
        assertThat(linked(alice)).containsExactly(own);
    }

    @Test
    void anInstanceForAFewKeepsOutNoAccountsOfTheirsElsewhere() {
        fedi.profile(naming(alice, own).handle("@alice@social.example").build());
        rule(Kind.DOMAIN, "*", Effect.DENY, "an instance for a few");
        rule(Kind.DOMAIN, "social.example", Effect.ALLOW, "ours");
        alice("link alice-key");
        assertThat(linked(alice)).containsExactly(own);
        lookAfter(Duration.ofHours(25));
        assertThat(linked(alice)).containsExactly(own);
    }

    @Test
    void aRefusalThatComesLateEndsNoLinkThatWasMadeSince() {
        var before = clock.instant();
        clock.advance(Duration.ofSeconds(1));
        optIn(alice, fedi, Network.ATPROTO);
        alice("link alice-key");
        var refusing = Profile.builder(alice, "@alice").refusesBridging(true).build();
        fedi.happens(new Activity.ProfileUpdate(id(alice, "late refusal"), before, refusing));
        bridge.settle();
        assertThat(linked(alice)).containsExactly(own);
        fedi.happens(new Activity.ProfileUpdate(id(alice, "refusal"), clock.instant(), refusing));
        bridge.settle();
        assertThat(linked(alice)).isEmpty();
    }

    @Test
    void whoSaidItFirstIsToldAlsoIfTheOtherWordWasDoneByHalf() {
        optIn(own, nostr, Network.ACTIVITYPUB);
        own("link alice");
        assertThat(wants(own, Network.ACTIVITYPUB)).isFalse();
        assertThat(linked(own)).containsExactly(alice);
        own("unlink");
        own("start");
        assertThat(wants(own, Network.ACTIVITYPUB)).isTrue();
        alice("link alice-key");
        alice("unlink");
        own("link alice");
        int before = letters(own, nostr).size();
        clock.advance(Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "link alice-key");
        bridge.bridgeInVain();
        assertThat(wants(own, Network.ACTIVITYPUB)).isFalse();
        bridge.settle();
        assertThat(letters(own, nostr)).hasSize(before + 1).last().asString().contains("you are there yourself");
    }

    @Test
    void whoIsMutedByOneAccountIsNotBroughtToTheOther() {
        alice("link alice-key");
        optIn(nora, nostr, Network.ACTIVITYPUB);
        mentions("before");
        assertThat(texts(fedi.at(fedi.inbox(alice)))).contains("before");
        ports.preferences().put(ports.preferences().of(own).withMuted(Set.of(nora)));
        mentions("after");
        assertThat(texts(fedi.at(fedi.inbox(alice)))).doesNotContain("after");
    }

    private void mentions(String text) {
        clock.advance(Duration.ofSeconds(1));
        NativeId id = id(nora, "post");
        nostr.happens(new Activity.Publish(
                id,
                clock.instant(),
                Post.builder(id, nora, clock.instant())
                        .text(new RichText(text, List.of(new Facet.Mention(0, text.length(), own))))
                        .build()));
        bridge.settle();
    }
}
