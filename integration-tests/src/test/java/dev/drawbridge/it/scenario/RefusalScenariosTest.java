package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// No is no, whenever and however it is said; and what is not carried is told.
class RefusalScenariosTest extends Scenario {
    @Test
    void aRefusalInTheProfileAfterTheOptInEndsIt() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(alice, fedi, Network.ATPROTO);
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
        clock.advance(Duration.ofMinutes(1));

        says(refusing(alice), clock.instant());

        assertThat(ports.consents().of(alice)).hasSize(2).allSatisfy(consent -> {
            assertThat(consent.given()).isFalse();
            assertThat(consent.how()).isEqualTo("said so in the profile");
        });
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        assertThat(only(Activity.DeleteAccount.class, sky.all())).hasSize(1);
        assertThat(only(Activity.ProfileUpdate.class, nostr.all()))
                .as("the profile that refuses is not carried")
                .allSatisfy(p -> assertThat(p.profile().refusesBridging()).isFalse());
        assertThat(fedi.happens(post(alice, "again", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void whoTakesTheRefusalOutOfTheProfileMayAskAgain() {
        aRefusalInTheProfileAfterTheOptInEndsIt();
        fedi.profile(refusing(alice));
        clock.advance(Duration.ofMinutes(11));
        optIn(alice, fedi, Network.NOSTR);
        assertThat(wants(alice, Network.NOSTR)).isFalse();

        fedi.profile(Profile.bare(alice, "@alice"));
        clock.advance(Duration.ofMinutes(11));
        restart();
        optIn(alice, fedi, Network.NOSTR);
        assertThat(wants(alice, Network.NOSTR)).isTrue();
    }

    @Test
    void anOldProfileThatComesLateEndsNothingUnlessItStillStands() {
        Instant before = clock.instant();
        clock.advance(Duration.ofHours(1));
        optIn(nora, nostr, Network.ACTIVITYPUB);

        nostr.happens(new Activity.ProfileUpdate(id(nora, "profile"), before, refusing(nora)));
        bridge.settle();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();

        nostr.profile(refusing(nora));
        nostr.happens(new Activity.ProfileUpdate(id(nora, "profile"), before, refusing(nora)));
        bridge.settle();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isFalse();
    }

    @Test
    void aProfileThatWasOnlyLookedUpEndsNothing() {
        fedi.profile(Profile.bare(alice, "@alice"));
        optIn(alice, fedi, Network.NOSTR);
        fedi.profile(refusing(alice));
        restart();
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
        assertThat(wants(alice, Network.NOSTR)).isTrue();
    }

    @Test
    void whoseProfileCannotBeReadIsNotShownUntilItIs() {
        nostr.silentAbout(nora);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        nostr.happens(post(nora, "hello", Optional.empty()));
        bridge.settle();
        assertThat(ports.identities().find(nora, Network.ACTIVITYPUB)).isEmpty();
        assertThat(texts(fedi.all())).isEmpty();

        nostr.tellingOf(nora);
        bridge.after(Duration.ofHours(1));
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
        assertThat(texts(fedi.all())).containsExactly("hello");
        assertThat(ports.parking().count()).isZero();
    }

    @Test
    void whoWasAcceptedBeforeTheirRefusalCouldBeReadIsNotCarriedAndHearsWhy() {
        nostr.profile(refusing(nora));
        nostr.silentAbout(nora);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        optIn(nora, nostr, Network.ATPROTO);
        nostr.happens(post(nora, "hello", Optional.empty()));
        bridge.settle();
        int before = letters(nora, nostr).size();

        nostr.tellingOf(nora);
        bridge.after(Duration.ofHours(1));
        assertThat(ports.consents().of(nora)).hasSize(2).allSatisfy(consent -> {
            assertThat(consent.given()).isFalse();
            assertThat(consent.how()).isEqualTo("said so in the profile");
        });
        assertThat(ports.identities().of(nora)).isEmpty();
        assertThat(only(Activity.ProfileUpdate.class, fedi.all()))
                .noneMatch(update -> update.author().equals(nora));
        assertThat(texts(fedi.all())).isEmpty();
        assertThat(texts(sky.all())).isEmpty();
        assertThat(letters(nora, nostr).subList(before, letters(nora, nostr).size()))
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter).contains("profile"));
        assertThat(ports.parking().count()).isZero();
        assertThat(nostr.happens(post(nora, "again", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void whoBlocksTheBotFirstIsRememberedWithoutBeingStored() {
        fedi.happens(new Activity.Block(
                id(alice, "block"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        bridge.settle();
        assertThat(ports.consents().of(alice)).isEmpty();
        assertThat(ports.consents().audit(alice)).isEmpty();

        nostr.says(new Activity.Unfollow(
                id(nora, "word"), nora, clock.instant(), bot(Network.NOSTR, Network.ACTIVITYPUB), Optional.empty()));
        nostr.says(new Activity.Follow(
                id(nora, "word"), nora, clock.instant().minusSeconds(1), bot(Network.NOSTR, Network.ACTIVITYPUB)));
        bridge.settle();
        assertThat(ports.consents().of(nora))
                .as("what she said before does not count")
                .isEmpty();

        clock.advance(Duration.ofSeconds(1));
        optIn(nora, nostr, Network.ACTIVITYPUB);
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
    }

    @Test
    void aFollowOfTheBotThatCountsNoMoreIsNotAccepted() {
        optIn(alice, fedi, Network.NOSTR);
        clock.advance(Duration.ofMinutes(1));
        var late = new Activity.Follow(
                id(alice, "follow"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR));
        fedi.happens(new Activity.Block(
                id(alice, "block"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        fedi.happens(late);
        bridge.settle();
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(alice))))
                .filteredOn(a -> a.follow().equals(late.id()))
                .singleElement()
                .satisfies(a -> assertThat(a.accepted()).isFalse());
        assertThat(fedi.happens(post(alice, "hello", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void anUnblockCrossesLikeTheBlock() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        optIn(alice, fedi, Network.NOSTR);
        NativeId noraHere = ghost(nora, Network.ACTIVITYPUB);
        fedi.happens(new Activity.Block(id(alice, "block"), alice, clock.instant(), noraHere));
        fedi.happens(new Activity.Unblock(id(alice, "unblock"), alice, clock.instant(), noraHere));
        bridge.settle();
        assertThat(only(Activity.Block.class, nostr.all())).hasSize(1);
        assertThat(only(Activity.Unblock.class, nostr.all())).singleElement().satisfies(u -> {
            assertThat(u.author()).isEqualTo(ghost(alice, Network.NOSTR));
            assertThat(u.target()).isEqualTo(nora);
        });
        fedi.happens(new Activity.Unblock(
                id(alice, "unblock"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        bridge.settle();
        assertThat(only(Activity.Unblock.class, nostr.all())).hasSize(1);
    }

    @Test
    void whatCouldNotBeReadIsToldWithWhatCouldNotBeWritten() {
        optIn(alice, fedi, Network.NOSTR);
        var unread = new Loss("media", "a format nobody knows");
        fedi.losing(List.of(unread));
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
        assertThat(ports.crossings().newest(10))
                .filteredOn(c -> c.activity().equals("Publish"))
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.state()).isEqualTo(Crossings.State.CROSSED);
                    assertThat(c.losses()).containsExactly(unread);
                });
    }

    private void says(Profile profile, Instant at) {
        NativeId person = profile.actor();
        fedi.happens(new Activity.ProfileUpdate(id(person, "profile"), at, profile));
        bridge.settle();
    }

    private static Profile refusing(NativeId person) {
        return Profile.builder(person, "@" + person.value())
                .displayName("#nobridge")
                .refusesBridging(true)
                .build();
    }
}
