package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
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
