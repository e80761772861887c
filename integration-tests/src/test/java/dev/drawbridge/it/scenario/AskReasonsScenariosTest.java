package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Sanction;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.consent.Limits;
import dev.drawbridge.model.port.Links;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Why somebody is not asked: each in a sentence that says no more of them than everybody may know.
class AskReasonsScenariosTest extends AskScenario {
    private static final String CANNOT =
            "cannot be asked: I write to nobody twice, nor to anybody who may not want it.";

    @Test
    void whoseProfileSpeaksAgainstBeingCarriedIsNotAskedAndThatCanBeReadThere() {
        refusing(profile -> profile.refusesBridging(true), "their profile says that it must not be bridged");
        refusing(
                profile -> profile.refusesBridging(true).signals(Set.of(ConsentSignal.DECLARES_NO_BRIDGING)),
                "they declared that their data must not be bridged");
        refusing(profile -> profile.displayName("A #NoBridge"), "their profile says that it must not be bridged");
        refusing(profile -> profile.fields(List.of(fact("#nobridge"))), "must not be bridged");
        refusing(profile -> profile.fields(List.of(fact("no, #NoBot"))), "#nobot");
        refusing(profile -> profile.locked(true), "their account is locked");
        refusing(signal(ConsentSignal.NOT_DISCOVERABLE), "does not want to be found");
        refusing(signal(ConsentSignal.NOT_INDEXABLE), "does not want to be searched");
        refusing(signal(ConsentSignal.NO_BOTS), "#nobot");
        refusing(signal(ConsentSignal.SIGN_IN_TO_READ), "readers who signed in");
        fedi.profile(shown(alice, NAME).build());
        assertThat(asks(nora, NAME)).as("no longer").contains("in one letter");
    }

    @Test
    void whereNobodyStandsBehindAnAccountNobodyIsAsked() {
        refusing(profile -> profile.automated(true), "belongs to a program or a group, or its owner is elsewhere");
        refusing(signal(ConsentSignal.NOBODY), "belongs to a program or a group");
        refusing(profile -> profile.movedTo(Optional.of(dora)), "its owner is elsewhere");
        NativeId copy = fedi.person("copy");
        fedi.profile(shown(copy, "@copy@bsky.brid.gy").build());
        notAsked(copy, "@copy@bsky.brid.gy", "belongs to a program or a group");
    }

    @Test
    void ofWhomNothingCanBeReadNoRefusalCanBeReadEither() {
        refusing(profile -> profile.displayName("").bio(RichText.plain(" ")), "could not read there");
    }

    @Test
    void whatTheGatesWouldRefuseIsNotInvited() {
        asking(Asks.USUAL, new Gates(Duration.ZERO, false, true, List.of()));
        refusing(profile -> profile.bio(RichText.EMPTY), "their profile would have to say something about them");
    }

    @Test
    void whoEverAnsweredThisBridgeIsNotAskedWhateverTheySaid() {
        NativeId left = stranger("left", "a.example");
        optIn(left, fedi, Network.ATPROTO);
        said(left, fedi, Network.ATPROTO, "stop");
        isQuietAbout(left, "@left@a.example");
        NativeId elsewhere = stranger("elsewhere", "a.example");
        optIn(elsewhere, fedi, Network.ATPROTO);
        isQuietAbout(elsewhere, "@elsewhere@a.example");
        NativeId refused = stranger("refused", "a.example");
        said(refused, fedi, Network.ATPROTO, "stop");
        isQuietAbout(refused, "@refused@a.example");
        NativeId removed = stranger("removed", "a.example");
        optIn(removed, fedi, Network.ATPROTO);
        bridge.decided(new Sanction(true, "spam", clock.instant()).about(removed));
        bridge.settle();
        isQuietAbout(removed, "@removed@a.example");
        NativeId parted = stranger("parted", "a.example");
        ports.links().say(new Links.Word(parted, sky.person("own"), false, clock.instant()));
        isQuietAbout(parted, "@parted@a.example");
    }

    @Test
    void whoBlockedSomebodyOfOursIsNeverAskedByAnybody() {
        fedi.happens(new Activity.Block(id(alice, "block"), alice, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.settle();
        notAsked(alice, NAME, CANNOT);
        assertThat(asks(member("nils"), NAME)).contains(CANNOT);
        assertThat(toAlice()).isEmpty();
        assertThat(ports.consents().of(alice)).isEmpty();
        assertThat(ports.preferences().of(alice).blocked()).isEmpty();
    }

    @Test
    void whomARuleOfTheOperatorCoversIsNotAskedAndNobodyHearsOfTheRule() {
        asking(Asks.USUAL, new Gates(Duration.ZERO, false, false, List.of("social.example")));
        notAsked(alice, NAME, CANNOT);
        asking(Asks.USUAL, new Gates(Duration.ZERO, false, false, List.of("@alice@social.example")));
        notAsked(alice, NAME, CANNOT);
        asking(Asks.USUAL, Gates.OPEN);
        assertThat(asks(nora, NAME)).contains("in one letter");
    }

    @Test
    void whereBotsDoNotWriteNobodyIsAsked() {
        NativeId sean = sky.person("sean.example");
        sky.profile(shown(sean, "@sean.example").build());
        optIn(nora, nostr, Network.ATPROTO);
        assertThat(asks(nora, "@sean.example")).contains("is not carried here", "take no letters from me");
        NativeId silent = stranger("silent", "a.example");
        fedi.takingNoLetters(silent);
        notAsked(silent, "@silent@a.example", "take no letters from me");
    }

    @Test
    void onlyWhoIsShownThereMayAsk() {
        NativeId nils = nostr.person("nils");
        assertThat(asks(nils, NAME)).contains("You are carried nowhere yet");
        optIn(nils, nostr, Network.ATPROTO);
        assertThat(asks(nils, NAME)).contains("is not carried here", "Say start activitypub, then ask again");
        assertThat(toAlice()).isEmpty();
        asks(nils, "start activitypub");
        assertThat(asks(nils, NAME)).contains("came here only today or yesterday");
        bridge.after(Duration.ofDays(2));
        assertThat(asks(nils, NAME)).contains("in one letter");
    }

    @Test
    void whoIsKeptBackByTheOperatorAsksNobody() {
        asking(Asks.USUAL, new Gates(Duration.ZERO, false, false, List.of("nora")));
        notAsked(alice, NAME, "as long as your own posts are held up or kept back here");
    }

    @Test
    void whoIsHeldUpForPostingTooFastAsksNobody() {
        asking(Asks.USUAL, new Gates(Duration.ZERO, false, false, List.of(), new Limits(1, 0, 0)));
        for (int i = 0; i < 3; i++) {
            nostr.happens(post(nora, "post " + i, Optional.empty()));
        }
        bridge.settle();
        assertThat(asks(nora, NAME)).contains("as long as your own posts are held up or kept back here");
        assertThat(toAlice()).isEmpty();
    }

    @Test
    void whoWasRemovedAsksNobody() {
        bridge.decided(new Sanction(true, "spam", clock.instant()).about(nora));
        bridge.settle();
        assertThat(asks(nora, NAME)).contains("You are carried nowhere yet");
        assertThat(toAlice()).isEmpty();
    }

    @Test
    void whoMutedThemDoesNotAskThem() {
        asks(nora, "mute " + NAME);
        notAsked(alice, NAME, "you muted or blocked them. Say unmute alice@social.example first");
    }

    @Test
    void onePersonHasSoManyAskedInADay() {
        asking(new Asks(2, 50, 50), Gates.OPEN);
        for (int i = 0; i < 2; i++) {
            stranger("s" + i, "s" + i + ".example");
            assertThat(asks(nora, "@s" + i + "@s" + i + ".example")).contains("in one letter");
        }
        notAsked(alice, NAME, "I asked 2 people for you already");
        asking(new Asks(2, 50, 50), Gates.OPEN);
        notAsked(alice, NAME, "I asked 2 people for you already");
        bridge.after(Duration.ofDays(1));
        assertThat(asks(nora, NAME)).contains("in one letter");
    }

    @Test
    void ofOneRegistrableDomainSoManyAreAskedInADay() {
        asking(new Asks(50, 2, 50), Gates.OPEN);
        for (int i = 0; i < 2; i++) {
            stranger("s" + i, "s" + i + ".social.example");
            assertThat(asks(member("m" + i), "@s" + i + "@s" + i + ".social.example"))
                    .contains("in one letter");
        }
        notAsked(alice, NAME, "enough people of where they are were asked");
        stranger("other", "other.example");
        assertThat(asks(nora, "@other@other.example")).contains("in one letter");
        bridge.after(Duration.ofDays(1));
        assertThat(asks(nora, NAME)).contains("in one letter");
    }

    @Test
    void whoHasNoDomainIsCountedByTheirNetwork() {
        asking(new Asks(50, 1, 50), Gates.OPEN);
        for (String name : List.of("bare1", "bare2")) {
            NativeId person = fedi.person(name);
            fedi.profile(shown(person, "@" + name).build());
        }
        assertThat(asks(nora, "ask bare1")).contains("in one letter");
        assertThat(asks(member("m"), "ask bare2")).contains("enough people of where they are");
    }

    @Test
    void thisBridgeAsksSoManyInADay() {
        asking(new Asks(50, 50, 2), Gates.OPEN);
        for (int i = 0; i < 2; i++) {
            stranger("s" + i, "s" + i + ".example");
            assertThat(asks(member("m" + i), "@s" + i + "@s" + i + ".example")).contains("in one letter");
        }
        notAsked(alice, NAME, "as many people as I do in a day");
        bridge.after(Duration.ofDays(1));
        assertThat(asks(nora, NAME)).contains("in one letter");
    }

    @Test
    void whoIsNotAskedForOneReasonUsesNothingUp() {
        asking(new Asks(1, 1, 1), Gates.OPEN);
        refusing(profile -> profile.locked(true), "locked");
        fedi.profile(shown(alice, NAME).build());
        assertThat(asks(nora, NAME)).contains("in one letter");
    }

    @Test
    void everyReasonIsSaidInFrenchToo() {
        fedi.profile(shown(alice, NAME).locked(true).build());
        assertThat(asks(nora, "inviter " + NAME))
                .contains("Je ne demande rien à")
                .contains("son compte est verrouillé");
    }

    private void isQuietAbout(NativeId person, String name) {
        int before = fedi.at(fedi.inbox(person)).size();
        assertThat(asks(nora, name)).as(name).contains(CANNOT);
        assertThat(fedi.at(fedi.inbox(person))).hasSize(before);
    }

    /// What alice shows keeps her from being asked.
    private void refusing(UnaryOperator<Profile.Builder> showing, String why) {
        fedi.profile(showing.apply(shown(alice, NAME)).build());
        notAsked(alice, NAME, why);
    }

    private static Profile.Field fact(String text) {
        return new Profile.Field("Note", RichText.plain(text));
    }

    private static UnaryOperator<Profile.Builder> signal(ConsentSignal signal) {
        return profile -> profile.signals(Set.of(signal));
    }
}
