package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Follows.Edge;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What people said weeks ago and reaches the bridge now: a refusal holds, unless they said something else
/// since.
class LateWordScenariosTest extends Scenario {
    private static final Duration WEEKS = Duration.ofDays(20);
    private static final Duration MONTHS = Duration.ofDays(100);

    private Receipt late(FakeNetwork home, FakeNetwork.Message message, Duration later) {
        clock.advance(later);
        ports.notices().forget(clock.instant());
        Receipt receipt = home.hears(message);
        bridge.settle();
        return receipt;
    }

    @Test
    void aStopThatTookWeeksEndsWhatWasThereAndIsAnswered() {
        endsLate(alice, fedi, Network.NOSTR, nostr, "stop");
        endsLate(nora, nostr, Network.ACTIVITYPUB, fedi, "delete");
    }

    private void endsLate(NativeId person, FakeNetwork home, Network target, FakeNetwork there, String word) {
        optIn(person, home, target);
        home.happens(post(person, "hello", Optional.empty()));
        bridge.settle();
        clock.advance(Duration.ofSeconds(1));
        var message = home.writes(person, bot(home.network(), target), word);

        assertThat(late(home, message, WEEKS)).isInstanceOf(Receipt.Accepted.class);

        assertThat(ports.consents().find(person, target)).get().satisfies(consent -> {
            assertThat(consent.given()).isFalse();
            assertThat(consent.since()).isEqualTo(message.at());
        });
        assertThat(only(Activity.DeleteAccount.class, there.all())).isNotEmpty();
        int answers = letters(person, home).size();
        assertThat(letters(person, home).getLast()).contains("no longer carried");

        late(home, message, MONTHS);
        late(home, message, MONTHS);
        assertThat(letters(person, home)).as("it comes again").hasSize(answers);
    }

    @Test
    void aLateStopEndsNothingThatWasAskedForSinceAndTheyAreToldOnce() {
        staysAfter(alice, fedi, Network.NOSTR);
        staysAfter(nora, nostr, Network.ACTIVITYPUB);
    }

    private void staysAfter(NativeId person, FakeNetwork home, Network target) {
        var stop = home.writes(person, bot(home.network(), target), "stop");
        clock.advance(Duration.ofDays(1));
        optIn(person, home, target);
        int before = letters(person, home).size();

        late(home, stop, WEEKS);
        assertThat(wants(person, target)).isTrue();
        assertThat(letters(person, home))
                .hasSize(before + 1)
                .last()
                .satisfies(
                        letter -> assertThat(letter).contains("still carried").contains("Say stop again"));

        late(home, stop, MONTHS);
        assertThat(wants(person, target)).isTrue();
        assertThat(letters(person, home)).hasSize(before + 1);
    }

    @Test
    void aStopIsNotConfirmedWhereItEndedNothing() {
        var stop = nostr.writes(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "stop");
        clock.advance(Duration.ofHours(1));
        optIn(nora, nostr, Network.ACTIVITYPUB);
        nostr.hears(stop);
        bridge.settle();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
        assertThat(letters(nora, nostr))
                .last()
                .asString()
                .contains("still carried")
                .doesNotContain("no longer");
    }

    @Test
    void aLateWishIsNotDone() {
        var start = nostr.writes(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "start");
        assertThat(late(nostr, start, WEEKS)).isInstanceOf(Receipt.Ignored.class);
        assertThat(wants(nora, Network.ACTIVITYPUB)).isFalse();
        assertThat(letters(nora, nostr)).isEmpty();
    }

    @Test
    void aStopThatWasDoneInTimeIsNeitherDoneNorAnsweredAgain() {
        NativeId own = nostr.person("alice-key");
        areOne(alice, own);
        optIn(own, nostr, Network.ACTIVITYPUB);
        optIn(alice, fedi, Network.NOSTR);
        clock.advance(Duration.ofSeconds(1));
        var stop = fedi.writes(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "stop");
        fedi.hears(stop);
        bridge.settle();
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(tell(alice, fedi, Network.NOSTR, "link alice-key")).contains("has to say link too");
        int before = letters(alice, fedi).size();

        late(fedi, stop, MONTHS);
        assertThat(letters(alice, fedi)).hasSize(before);
        assertThat(ports.links().words(alice))
                .singleElement()
                .satisfies(word -> assertThat(word.linked()).isTrue());
    }

    private void areOne(NativeId one, NativeId other) {
        fedi.profile(Profile.builder(one, "@" + one.value())
                .aliases(List.of(FakeNetwork.alias(other)))
                .build());
        nostr.profile(Profile.builder(other, "@" + other.value())
                .aliases(List.of(FakeNetwork.alias(one)))
                .build());
    }

    private List<NativeId> linked(NativeId end) {
        return ports.links().of(end).stream().map(link -> link.other(end)).toList();
    }

    @Test
    void aLateStopEndsNoLinkThatWasMadeSince() {
        areOne(alice, nora);
        var stop = nostr.writes(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "stop");
        clock.advance(Duration.ofDays(1));
        assertThat(tell(nora, nostr, Network.ACTIVITYPUB, "link alice")).contains("you are there yourself");
        late(nostr, stop, WEEKS);
        assertThat(linked(nora)).containsExactly(alice);
    }

    @Test
    void aLateUnlinkEndsWhatWasLinkedWhenItWasSaid() {
        areOne(alice, nora);
        var early = nostr.writes(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "unlink");
        clock.advance(Duration.ofHours(1));
        tell(nora, nostr, Network.ACTIVITYPUB, "link alice");
        clock.advance(Duration.ofHours(1));
        var unlink = nostr.writes(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "unlink");
        int before = letters(nora, nostr).size();

        late(nostr, early, WEEKS);
        assertThat(linked(nora)).as("said before they linked it").containsExactly(alice);
        assertThat(letters(nora, nostr)).hasSize(before);
        late(nostr, unlink, WEEKS);
        assertThat(linked(nora)).isEmpty();
        assertThat(letters(nora, nostr)).hasSize(before + 1).last().asString().contains("is not taken for you");
        late(nostr, unlink, MONTHS);
        assertThat(letters(nora, nostr)).hasSize(before + 1);
    }

    @Test
    void whatEndsSomethingNobodyKnowsTheTimeOfIsAskedForAgainOnce() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        optIn(alice, fedi, Network.NOSTR);
        for (String word : List.of("block", "mute", "reject", "unfollow", "unvouch")) {
            asksAgain(nora, nostr, Network.ACTIVITYPUB, word + " alice");
            asksAgain(alice, fedi, Network.NOSTR, word + " nora");
        }
        assertThat(ports.preferences().of(nora).blocked()).isEmpty();
        assertThat(ports.preferences().of(nora).muted()).isEmpty();
        NativeId vera = nostr.person("vera");
        int before = letters(vera, nostr).size();
        late(nostr, nostr.writes(vera, bot(Network.NOSTR, Network.ACTIVITYPUB), "block alice"), WEEKS);
        assertThat(letters(vera, nostr)).as("who is not carried").hasSize(before);
    }

    private void asksAgain(NativeId person, FakeNetwork home, Network target, String text) {
        var message = home.writes(person, bot(home.network(), target), text);
        int before = letters(person, home).size();
        assertThat(late(home, message, WEEKS)).isInstanceOf(Receipt.Accepted.class);
        assertThat(letters(person, home))
                .hasSize(before + 1)
                .last()
                .asString()
                .contains(text)
                .contains("Say it again");
        late(home, message, MONTHS);
        assertThat(letters(person, home)).hasSize(before + 1);
    }

    @Test
    void aBlockThatWasDoneInTimeIsNotAnsweredAgain() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var block = nostr.writes(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "block alice");
        nostr.hears(block);
        bridge.settle();
        assertThat(ports.preferences().of(nora).blocked()).containsKey(alice);
        int before = letters(nora, nostr).size();
        late(nostr, block, MONTHS);
        assertThat(letters(nora, nostr)).hasSize(before);
    }

    @Test
    void aRequestToVanishThatIsToldAgainEndsNothingThatWasLinkedSince() {
        areOne(alice, nora);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        clock.advance(Duration.ofSeconds(1));
        var vanish = new Activity.DeleteAccount(id(nora, "vanish"), nora, clock.instant());
        nostr.happens(vanish);
        bridge.settle();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(tell(nora, nostr, Network.ACTIVITYPUB, "link alice")).contains("you are there yourself");
        ports.follows().put(new Edge(nora, dora, id(nora, "follow"), Optional.empty(), true));

        for (Duration later : List.of(Duration.ofHours(1), WEEKS)) {
            clock.advance(later);
            nostr.happens(vanish);
            bridge.settle();
            assertThat(linked(nora)).as("after %s", later).containsExactly(alice);
            assertThat(ports.links().words(nora)).isNotEmpty();
            assertThat(ports.follows().followedBy(nora)).contains(dora);
        }
        nostr.happens(new Activity.DeleteAccount(id(nora, "vanish"), nora, clock.instant()));
        bridge.settle();
        assertThat(linked(nora)).isEmpty();
        assertThat(ports.links().words(nora)).isEmpty();
        assertThat(ports.follows().followedBy(nora)).isEmpty();
    }

    @Test
    void aLateRefusalOfWhoNeverAskedIsRemembered() {
        var stop = nostr.writes(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "stop");
        var follow = new Activity.Follow(
                id(nora, "follow"), nora, clock.instant().minusSeconds(1), bot(Network.NOSTR, Network.ACTIVITYPUB));
        late(nostr, stop, WEEKS);
        nostr.happens(follow);
        bridge.settle();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isFalse();
        assertThat(ports.consents().of(nora)).isEmpty();
    }

    @Test
    void whatTheOperatorSaidForThemMeanwhileIsNotTheirWord() {
        var stop = nostr.writes(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "stop");
        clock.advance(Duration.ofDays(1));
        ports.consents()
                .put(new Consent(
                        nora,
                        Network.ACTIVITYPUB,
                        Consent.State.WITHDRAWN,
                        "the operator ended the mirror",
                        clock.instant()));
        late(nostr, stop, WEEKS);
        assertThat(ports.consents().find(nora, Network.ACTIVITYPUB))
                .get()
                .extracting(Consent::how)
                .isEqualTo("told the bot to stop");
    }

    @Test
    void aRequestToVanishFromBeforeTheyCameBackTakesNothingBack() {
        var vanish = new Activity.DeleteAccount(id(nora, "vanish"), nora, clock.instant());
        clock.advance(Duration.ofDays(1));
        optIn(nora, nostr, Network.ACTIVITYPUB);
        nostr.happens(post(nora, "hello", Optional.empty()));
        bridge.settle();

        clock.advance(WEEKS);
        nostr.happens(vanish);
        bridge.settle();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
        assertThat(only(Activity.Delete.class, fedi.all())).isEmpty();
        assertThat(only(Activity.DeleteAccount.class, fedi.all())).isEmpty();

        nostr.happens(new Activity.DeleteAccount(
                id(nora, "vanish"), nora, clock.instant().minus(Duration.ofDays(10))));
        bridge.settle();
        assertThat(wants(nora, Network.ACTIVITYPUB)).as("said since, and late").isFalse();
        assertThat(only(Activity.DeleteAccount.class, fedi.all())).isNotEmpty();
    }
}
