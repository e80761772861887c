package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Sanction;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.Links.Word;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Words about accounts that are one person's reach the bridge in whatever order: where they are read the one that
/// was said last holds, and where they are sent to us the one that came last (ADR 68).
class LinkOrderScenariosTest extends Scenario {
    private static final Duration MINUTES = Duration.ofMinutes(5);
    private final NativeId key = nostr.person("alice-key");
    private final NativeId page = sky.person("alice.sky");

    @BeforeEach
    void allAreOnePerson() {
        names(fedi, alice, key, page);
        names(nostr, key, alice);
        names(sky, page, alice);
    }

    private static void names(FakeNetwork home, NativeId account, NativeId... others) {
        List<URI> aliases = Arrays.stream(others).map(FakeNetwork::alias).toList();
        home.profile(
                Profile.builder(account, "@" + account.value()).aliases(aliases).build());
    }

    private FakeNetwork.Message writes(NativeId person, FakeNetwork home, Network target, String text) {
        clock.advance(MINUTES);
        return home.writes(person, bot(home.network(), target), text);
    }

    private void hears(FakeNetwork home, FakeNetwork.Message message) {
        clock.advance(Duration.ofMinutes(1));
        home.hears(message);
        bridge.settle();
    }

    private List<NativeId> linked(NativeId end) {
        return ports.links().of(end).stream().map(link -> link.other(end)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlink", "stop", "delete"})
    void whereWordsAreReadALinkThatWasSaidLastHoldsThoughItCameFirst(String end) {
        linkSaidLast(nostr, key, end);
        linkSaidLast(sky, page, end);
    }

    private void linkSaidLast(FakeNetwork home, NativeId own, String end) {
        var ended = writes(own, home, Network.ACTIVITYPUB, end);
        var link = writes(own, home, Network.ACTIVITYPUB, "link alice");
        hears(home, link);
        assertThat(linked(own)).containsExactly(alice);
        hears(home, ended);
        assertThat(linked(own)).as("on %s", home.network()).containsExactly(alice);
        if (end.equals("unlink") && home == nostr) {
            assertThat(letters(own, home).getLast()).contains("something else about @alice after");
        }

        var again = writes(own, home, Network.ACTIVITYPUB, end);
        hears(home, again);
        assertThat(linked(own)).as("said since, on %s", home.network()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlink", "stop", "delete"})
    void whereWordsAreReadWhatEndedALinkLastHoldsThoughItCameFirst(String end) {
        endSaidLast(nostr, key, end);
        endSaidLast(sky, page, end);
    }

    private void endSaidLast(FakeNetwork home, NativeId own, String end) {
        hears(home, writes(own, home, Network.ACTIVITYPUB, "link alice"));
        assertThat(linked(own)).containsExactly(alice);
        var link = writes(own, home, Network.ACTIVITYPUB, "link alice");
        var ended = writes(own, home, Network.ACTIVITYPUB, end);
        hears(home, ended);
        assertThat(linked(own)).isEmpty();
        hears(home, link);
        assertThat(linked(own)).as("on %s", home.network()).isEmpty();
        if (home == nostr) {
            assertThat(letters(own, home).getLast()).contains("something else about @alice after");
        }

        hears(home, writes(own, home, Network.ACTIVITYPUB, "link alice"));
        assertThat(linked(own)).as("said since, on %s", home.network()).containsExactly(alice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlink", "stop"})
    void whereWordsAreSentToUsTheOneThatCameLastHolds(String end) {
        var link = writes(alice, fedi, Network.NOSTR, "link alice-key");
        var ended = writes(alice, fedi, Network.NOSTR, end);
        hears(fedi, ended);
        hears(fedi, link);
        assertThat(linked(alice)).as("their clocks differ").containsExactly(key);

        ended = writes(alice, fedi, Network.NOSTR, end);
        link = writes(alice, fedi, Network.NOSTR, "link alice-key");
        hears(fedi, link);
        hears(fedi, ended);
        assertThat(linked(alice)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "delete"})
    void aRefusalThatWasSaidSinceKeepsFromBeingLinkedAlsoWhereNothingWasLinked(String end) {
        var link = writes(key, nostr, Network.ACTIVITYPUB, "link alice");
        var ended = writes(key, nostr, Network.ACTIVITYPUB, end);
        hears(nostr, ended);
        hears(nostr, link);
        assertThat(linked(key)).isEmpty();
        assertThat(ports.links().words(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasSaidFirstTakesNothingFromTheSameWordThatWasSaidLater(boolean inTurn) {
        var first = writes(key, nostr, Network.ACTIVITYPUB, "link alice");
        var unlink = writes(key, nostr, Network.ACTIVITYPUB, "unlink");
        var last = writes(key, nostr, Network.ACTIVITYPUB, "link alice");
        hears(nostr, inTurn ? first : last);
        hears(nostr, inTurn ? last : first);
        hears(nostr, unlink);
        assertThat(linked(key)).containsExactly(alice);
    }

    @Test
    void whomTheOperatorRemovesIsLinkedWithNobodyWhateverTheySaidWhileThatWaited() {
        Instant removed = clock.instant();
        hears(nostr, writes(key, nostr, Network.ACTIVITYPUB, "link alice"));
        assertThat(linked(key)).containsExactly(alice);
        bridge.decided(new Sanction(true, "spam", removed).about(key));
        bridge.settle();
        assertThat(linked(key)).isEmpty();
    }

    private void carried(NativeId person, FakeNetwork home, Network target) {
        optIn(person, home, target);
        clock.advance(MINUTES);
        home.happens(post(person, "hello", Optional.empty()));
        bridge.settle();
        clock.advance(MINUTES);
    }

    @Test
    void aRequestToVanishIsNotHeldBackByAWordThatTheOtherOneDidNotSay() {
        optIn(alice, fedi, Network.ATPROTO);
        carried(key, nostr, Network.ACTIVITYPUB);
        var link = writes(key, nostr, Network.ACTIVITYPUB, "link alice");
        clock.advance(MINUTES);
        var vanish = new Activity.DeleteAccount(id(key, "vanish"), key, clock.instant());
        hears(nostr, link);
        assertThat(letters(key, nostr).getLast()).contains("has to say link too");
        clock.advance(MINUTES);
        nostr.happens(vanish);
        bridge.settle();
        assertTakenBack(key, Network.ACTIVITYPUB, fedi);
        assertThat(ports.links().words(key)).as("said before that").isEmpty();
    }

    @Test
    void aWordThatWasSaidSinceStaysAndHoldsARequestToVanishNotBackEither() {
        optIn(alice, fedi, Network.ATPROTO);
        carried(key, nostr, Network.ACTIVITYPUB);
        var vanish = new Activity.DeleteAccount(id(key, "vanish"), key, clock.instant());
        hears(nostr, writes(key, nostr, Network.ACTIVITYPUB, "link alice"));
        nostr.happens(vanish);
        bridge.settle();
        assertTakenBack(key, Network.ACTIVITYPUB, fedi);
        assertThat(ports.links().words(key)).singleElement().matches(Word::linked);
    }

    @Test
    void aLinkThatBothSaidEndsWithARequestFromAfterTheirWord() {
        optIn(alice, fedi, Network.ATPROTO);
        carried(key, nostr, Network.ACTIVITYPUB);
        hears(nostr, writes(key, nostr, Network.ACTIVITYPUB, "link alice"));
        var vanish = new Activity.DeleteAccount(id(key, "vanish"), key, clock.instant());
        hears(fedi, writes(alice, fedi, Network.NOSTR, "link alice-key"));
        assertThat(linked(key)).containsExactly(alice);
        nostr.happens(vanish);
        bridge.settle();
        assertTakenBack(key, Network.ACTIVITYPUB, fedi);
        assertThat(linked(key)).isEmpty();
    }

    @Test
    void whatTheyMadeAfterTheyCameBackStaysWhereTheyAreThemselvesSince() {
        carried(key, nostr, Network.ACTIVITYPUB);
        var vanish = new Activity.DeleteAccount(id(key, "vanish"), key, clock.instant());
        nostr.happens(vanish);
        bridge.settle();
        assertTakenBack(key, Network.ACTIVITYPUB, fedi);
        clock.advance(MINUTES);
        carried(key, nostr, Network.ACTIVITYPUB);
        hears(nostr, writes(key, nostr, Network.ACTIVITYPUB, "link alice"));
        assertThat(linked(key)).containsExactly(alice);
        int before = fedi.all().size();
        nostr.happens(vanish);
        bridge.settle();
        assertThat(fedi.all()).hasSize(before);
        assertThat(linked(key)).containsExactly(alice);
    }

    @Test
    void anAccountThatCannotReturnIsGoneWhateverWasLinkedWhileThatWaited() {
        isGone(alice, fedi, Network.NOSTR, nostr, "link alice-key");
        names(sky, page, dora);
        names(fedi, dora, page);
        isGone(page, sky, Network.ACTIVITYPUB, fedi, "link dora");
    }

    private void isGone(NativeId person, FakeNetwork home, Network target, FakeNetwork there, String link) {
        carried(person, home, target);
        Instant deleted = clock.instant();
        hears(home, writes(person, home, target, link));
        assertThat(linked(person)).hasSize(1);
        clock.set(deleted);
        home.happens(new Activity.DeleteAccount(id(person, "gone"), person, deleted));
        clock.advance(MINUTES.multipliedBy(2));
        bridge.settle();
        assertTakenBack(person, target, there);
        assertThat(linked(person)).isEmpty();
        assertThat(ports.links().words(person)).isEmpty();
    }

    private void assertTakenBack(NativeId person, Network target, FakeNetwork there) {
        NativeId standIn = ghost(person, target);
        assertThat(wants(person, target)).isFalse();
        assertThat(only(Activity.Delete.class, there.all()))
                .extracting(Activity.Delete::author)
                .contains(standIn);
        assertThat(only(Activity.DeleteAccount.class, there.all()))
                .extracting(Activity.DeleteAccount::author)
                .contains(standIn);
    }
}
