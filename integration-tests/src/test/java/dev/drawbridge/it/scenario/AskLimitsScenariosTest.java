package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.Gates;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// That asking cannot be multiplied with accounts that cost nothing, and that nobody pays for a letter that was not
/// written.
class AskLimitsScenariosTest extends AskScenario {
    /// Somebody of Nostr without a name at any domain.
    private NativeId bare(String name) {
        NativeId person = nostr.person(name);
        settled(person, nostr, Network.ACTIVITYPUB);
        return person;
    }

    private String asksFor(NativeId asker, String stranger) {
        stranger(stranger, stranger + ".example");
        return asks(asker, "@" + stranger + "@" + stranger + ".example");
    }

    @Test
    void whoCameTodayOrYesterdayHasNobodyAskedWhateverTheirMessageIsDated() {
        NativeId nils = nostr.person("nils");
        nostr.happens(new Activity.Follow(
                id(nils, "follow"),
                nils,
                clock.instant().minus(Duration.ofDays(30)),
                bot(Network.NOSTR, Network.ACTIVITYPUB)));
        bridge.settle();
        assertThat(wants(nils, Network.ACTIVITYPUB)).isTrue();
        assertThat(asks(nils, NAME)).contains("came here only today or yesterday");
        bridge.after(Duration.ofDays(1));
        ports.notices().forget(clock.instant());
        assertThat(asks(nils, NAME)).contains("came here only today or yesterday");
        assertThat(toAlice()).isEmpty();
        bridge.after(Duration.ofDays(1));
        assertThat(asks(nils, NAME)).contains("in one letter");
    }

    @Test
    void whoLeavesAndComesBackIsNewAgain() {
        asks(nora, "stop");
        asks(nora, "start");
        assertThat(asks(nora, NAME)).contains("came here only today or yesterday");
    }

    @Test
    void accountsWithoutADomainShareWhatIsAskedForOne() {
        for (int i = 0; i < 5; i++) {
            assertThat(asksFor(bare("bare" + i), "s" + i)).contains("in one letter");
        }
        assertThat(asksFor(bare("bare5"), "s5")).contains("people of where you are asked for enough others");
        assertThat(asksFor(nora, "s6")).contains("people of where you are asked for enough others");
        assertThat(asksFor(member("m"), "s7")).contains("in one letter");
        bridge.after(Duration.ofDays(1));
        assertThat(asksFor(nora, "s8")).contains("in one letter");
    }

    @Test
    void accountsOfOneRegistrableDomainShareWhatIsAskedForIt() {
        for (int i = 0; i < 6; i++) {
            NativeId person = nostr.person("p" + i);
            nostr.profile(shown(person, "p" + i + "@p" + i + ".farm.example").build());
            settled(person, nostr, Network.ACTIVITYPUB);
            assertThat(asksFor(person, "s" + i))
                    .contains(i < 5 ? "in one letter" : "people of where you are asked for enough others");
        }
    }

    @Test
    void whoWantsManyInVainHasNobodyLookedAtAnyMore() {
        asking(new Asks(1, 50, 50), Gates.OPEN);
        fedi.profile(shown(alice, NAME).locked(true).build());
        for (int i = 0; i < 10; i++) {
            assertThat(asks(nora, NAME)).contains("their account is locked");
        }
        fedi.profile(shown(alice, NAME).build());
        assertThat(asks(nora, NAME)).contains("you asked for many people already");
        assertThat(toAlice()).isEmpty();
        bridge.after(Duration.ofDays(1));
        assertThat(asks(nora, NAME)).contains("in one letter");
    }

    @Test
    void whoIsRefusedForWhatOthersDidUsesNothingUpOfTheirOwn() {
        asking(new Asks(2, 50, 1), Gates.OPEN);
        assertThat(asksFor(member("m"), "s0")).contains("in one letter");
        for (int i = 1; i < 4; i++) {
            assertThat(asksFor(nora, "s" + i)).contains("as many people as I do in a day");
        }
        asking(new Asks(2, 50, 50), Gates.OPEN);
        assertThat(asksFor(nora, "s4")).contains("in one letter");
        assertThat(asksFor(nora, "s5")).contains("in one letter");
        assertThat(asksFor(nora, "s6")).contains("I asked 2 people for you already");
    }

    @Test
    void aBlockBeforeALetterIsSentKeepsItFromGoing() {
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), NAME);
        bridge.bridgeOnly();
        fedi.happens(new Activity.Block(id(alice, "block"), alice, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.bridgeOnly();
        bridge.settle();
        assertThat(toAlice()).isEmpty();
    }

    @Test
    void whoComplainsAboutSomebodyOfOursIsNeverAsked() {
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), NAME);
        bridge.bridgeOnly();
        fedi.happens(new Activity.Report(
                id(alice, "flag"),
                alice,
                clock.instant(),
                ghost(nora, Network.ACTIVITYPUB),
                Optional.empty(),
                "writes to me"));
        bridge.bridgeOnly();
        bridge.settle();
        assertThat(toAlice()).as("the letter that was planned").isEmpty();
        assertThat(asks(member("m"), NAME)).contains("cannot be asked");
        assertThat(toAlice()).isEmpty();
    }

    @Test
    void anAddressThatIsLongEnoughToAdvertiseIsNotShown() {
        NativeId loud = bare("buy".repeat(40));
        assertThat(asks(loud, NAME)).contains("in one letter");
        assertThat(toAlice())
                .singleElement()
                .asString()
                .contains("who that is: @buybuy")
                .doesNotContain("https://");
    }

    @Test
    void whoDeclaredAgainstBeingBridgedDoesNotComeInAndWhoIsInGoes() {
        NativeId sean = sky.person("sean");
        var refusing = shown(sean, "sean.example")
                .refusesBridging(true)
                .signals(Set.of(ConsentSignal.DECLARES_NO_BRIDGING))
                .build();
        sky.profile(refusing);
        optIn(sean, sky, Network.ACTIVITYPUB);
        assertThat(wants(sean, Network.ACTIVITYPUB)).isFalse();
        NativeId sven = sky.person("sven");
        optIn(sven, sky, Network.ACTIVITYPUB);
        assertThat(wants(sven, Network.ACTIVITYPUB)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        sky.happens(new Activity.ProfileUpdate(
                id(sven, "declaration"),
                clock.instant(),
                refusing.toBuilder().actor(sven).build()));
        bridge.settle();
        assertThat(wants(sven, Network.ACTIVITYPUB)).isFalse();
    }
}
