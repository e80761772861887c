package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Sanction;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nora of Nostr has an account of her own in the Fediverse now: those who follow her stand-in go there (ADR 57).
class FarewellScenariosTest extends Scenario {
    private static final String MIGRATE = "migrate @Nora@fedi.example";
    private final NativeId own = new NativeId(Network.ACTIVITYPUB, "nora there");

    @BeforeEach
    void aliceFollowsNora() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        fedi.happens(
                new Activity.Follow(id(alice, "follow"), alice, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.settle();
        names(ghost(nora, Network.ACTIVITYPUB));
        clock.advance(Duration.ofSeconds(1));
    }

    /// Her own account says that these are hers as well.
    private void names(NativeId... accounts) {
        List<URI> aliases = Arrays.stream(accounts).map(FakeNetwork::alias).toList();
        fedi.profile(Profile.builder(own, "@nora@fedi.example").aliases(aliases).build());
    }

    private String tell(String text) {
        clock.advance(Duration.ofSeconds(1));
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), text);
        bridge.settle();
        return letter();
    }

    /// What the bot wrote last.
    private String letter() {
        return only(Activity.Publish.class, nostr.all()).stream()
                .map(Activity.Publish::post)
                .filter(post -> post.visibility() == Visibility.DIRECT)
                .map(post -> post.text().text())
                .toList()
                .getLast();
    }

    private List<Activity> atAlices() {
        return fedi.at(fedi.inbox(alice));
    }

    private List<Activity.Move> moves() {
        return only(Activity.Move.class, fedi.all());
    }

    private Optional<NativeId> shownToHaveGone() {
        return only(Activity.ProfileUpdate.class, fedi.all())
                .getLast()
                .profile()
                .movedTo();
    }

    private void posts(String text) {
        clock.advance(Duration.ofSeconds(1));
        nostr.happens(post(nora, text, Optional.empty()));
        bridge.settle();
    }

    @Test
    void whoFollowsIsToldAndTheStandInShowedItBefore() {
        assertThat(tell(MIGRATE))
                .contains("Those who follow @ghost of nostr|nora are told that you go on as @nora@fedi.example");
        List<Activity> heard = atAlices();
        assertThat(moves()).singleElement().satisfies(move -> {
            assertThat(move.author()).isEqualTo(ghost(nora, Network.ACTIVITYPUB));
            assertThat(move.target()).isEqualTo(own);
            assertThat(heard).endsWith(move);
        });
        assertThat(only(Activity.ProfileUpdate.class, heard).getLast().profile().movedTo())
                .contains(own);
        assertThat(only(Activity.Move.class, nostr.all())).isEmpty();
        assertThat(only(Activity.Move.class, sky.all())).isEmpty();
    }

    @Test
    void nothingMoreIsCarriedAndWhatIsThereStays() {
        posts("hello");
        tell(MIGRATE);
        posts("said after she went");
        assertThat(texts(fedi.all())).containsExactly("hello");
        assertThat(only(Activity.Delete.class, fedi.all())).isEmpty();
        assertThat(only(Activity.DeleteAccount.class, fedi.all())).isEmpty();
        assertThat(ports.consents().find(nora, Network.ACTIVITYPUB))
                .get()
                .satisfies(consent -> assertThat(consent.given()).isFalse())
                .extracting(Consent::how)
                .isEqualTo("went on as nora@fedi.example");
    }

    @Test
    void whoLeavesAfterwardsIsTakenBackAsEver() {
        posts("hello");
        tell(MIGRATE);
        assertThat(tell("delete")).contains("is taken back");
        assertThat(only(Activity.Delete.class, atAlices()))
                .as("the post, and on this network the notice of the move")
                .hasSize(2);
        assertThat(only(Activity.DeleteAccount.class, atAlices())).hasSize(1);
        assertThat(ports.identities()
                        .find(nora, Network.ACTIVITYPUB)
                        .orElseThrow()
                        .active())
                .isFalse();
    }

    @Test
    void onePostCanStillBeDeletedAtHome() {
        var hello = post(nora, "hello", Optional.empty());
        nostr.happens(hello);
        bridge.settle();
        tell(MIGRATE);
        nostr.happens(new Activity.Delete(
                id(nora, "delete"), nora, clock.instant(), hello.post().id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, atAlices())).hasSize(1);
    }

    @Test
    void anAccountThatDoesNotNameTheStandInIsNotBelieved() {
        for (NativeId[] named : List.of(new NativeId[0], new NativeId[] {alice, nora})) {
            names(named);
            assertThat(tell(MIGRATE))
                    .contains("@nora@fedi.example does not say that @ghost of nostr|nora is yours", "Nothing changed");
        }
        assertThat(moves()).isEmpty();
        assertThat(shownToHaveGone()).isEmpty();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
        posts("still here");
        assertThat(texts(fedi.all())).containsExactly("still here");
    }

    @Test
    void nobodyGoesOnAsNobodyNorAsAStandInOfOurs() {
        assertThat(tell("migrate nobody@fedi.example")).contains("nobody called @nobody@fedi.example");
        NativeId oddly = new NativeId(Network.NOSTR, "o@dd.ly");
        nostr.profile(Profile.bare(oddly, "@o@dd.ly"));
        optIn(oddly, nostr, Network.ACTIVITYPUB);
        fedi.profile(Profile.builder(ghost(oddly, Network.ACTIVITYPUB), "@o@dd.ly")
                .aliases(List.of(FakeNetwork.alias(ghost(nora, Network.ACTIVITYPUB))))
                .build());
        assertThat(tell("migrate o@dd.ly")).contains("nobody called @o@dd.ly");
        assertThat(moves()).isEmpty();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
    }

    @Test
    void aServerThatDoesNotAnswerProvesNothing() {
        fedi.unanswering(own);
        assertThat(tell(MIGRATE)).contains("does not answer now", "Nothing changed");
        assertThat(moves()).isEmpty();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
    }

    @Test
    void whoComesBackIsShownAsHereAndGoesNoSecondTimeInAWeek() {
        tell(MIGRATE);
        tell("start");
        assertThat(shownToHaveGone()).isEmpty();
        posts("back again");
        assertThat(texts(fedi.all())).contains("back again");
        assertThat(tell(MIGRATE)).contains("less than seven days ago");
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
        clock.advance(Duration.ofDays(8));
        assertThat(tell(MIGRATE)).contains("go on as @nora@fedi.example");
        assertThat(moves()).hasSize(2);
    }

    private void down(Destination place) {
        fedi.failing((destination, _) -> destination.equals(place)
                ? Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "down"))
                : Optional.empty());
    }

    @Test
    void whatWaitsIsNotSaidOnceTheyCameBack() {
        down(fedi.inbox(alice));
        tell(MIGRATE);
        tell("start");
        fedi.working();
        bridge.after(Duration.ofHours(2));
        assertThat(only(Activity.Move.class, atAlices())).isEmpty();
        assertThat(only(Activity.ProfileUpdate.class, atAlices())
                        .getLast()
                        .profile()
                        .movedTo())
                .isEmpty();
    }

    @Test
    void whatWaitsBringsNoStandInBackThatIsGone() {
        down(fedi.inbox(alice));
        tell(MIGRATE);
        tell("delete");
        fedi.working();
        bridge.after(Duration.ofHours(2));
        assertThat(only(Activity.Move.class, atAlices())).isEmpty();
        assertThat(only(Activity.DeleteAccount.class, atAlices())).hasSize(1);
        assertThat(ports.identities()
                        .find(nora, Network.ACTIVITYPUB)
                        .orElseThrow()
                        .active())
                .isFalse();
    }

    @Test
    void saidTwiceItIsOneMove() {
        clock.advance(Duration.ofSeconds(1));
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), MIGRATE);
        bridge.redeliver();
        bridge.bridgeOnly();
        bridge.redeliver();
        bridge.settle();
        assertThat(moves()).hasSize(1);
        assertThat(letter()).contains("go on as");
    }

    @Test
    void whoHasNoStandInWhereFollowersGoAlongIsTold() {
        optIn(alice, fedi, Network.NOSTR);
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "migrer @alice@fedi.example");
        bridge.settle();
        assertThat(only(Activity.Publish.class, atAlices())
                        .getLast()
                        .post()
                        .text()
                        .text())
                .contains("Aucun de vos comptes");
    }

    private void takenBack() {
        assertThat(only(Activity.DeleteAccount.class, atAlices())).hasSize(1);
        assertThat(only(Activity.Delete.class, atAlices()))
                .extracting(Activity.Delete::target)
                .anySatisfy(copy -> assertThat(copy.value()).contains("post"));
        assertThat(ports.identities()
                        .find(nora, Network.ACTIVITYPUB)
                        .orElseThrow()
                        .active())
                .isFalse();
    }

    @Test
    void whoDeletesTheirAccountAfterwardsIsTakenBack() {
        posts("hello");
        tell(MIGRATE);
        clock.advance(Duration.ofSeconds(1));
        nostr.happens(new Activity.DeleteAccount(id(nora, "vanish"), nora, clock.instant()));
        bridge.settle();
        takenBack();
    }

    private Receipt shows(Profile profile) {
        clock.advance(Duration.ofSeconds(1));
        Receipt receipt = nostr.happens(new Activity.ProfileUpdate(id(nora, "profile"), clock.instant(), profile));
        bridge.settle();
        return receipt;
    }

    @Test
    void whoseProfileRefusesAfterwardsIsTakenBackAlsoAfterARestart() {
        posts("hello");
        tell(MIGRATE);
        restart();
        assertThat(shows(Profile.builder(nora, "@nora").refusesBridging(true).build()))
                .isInstanceOf(Receipt.Accepted.class);
        takenBack();
    }

    @Test
    void whatTheyTakeBackIsHeardUntilTheyLeaveAndNothingElse() {
        posts("hello");
        NativeId like = id(nora, "like");
        tell(MIGRATE);
        for (int i = 0; i < 2; i++) {
            assertThat(shows(Profile.bare(nora, "@nora"))).isInstanceOf(Receipt.Accepted.class);
            assertThat(nostr.happens(post(nora, "said elsewhere", Optional.empty())))
                    .isInstanceOf(Receipt.Ignored.class);
            restart();
        }
        ports.ledger()
                .recordCopy(new Ledger.Copy(
                        like, nora, ObjectRef.of(id(alice, "copy")), Set.of(fedi.inbox(alice)), clock.instant()));
        assertThat(nostr.happens(new Activity.Delete(id(nora, "delete"), nora, clock.instant(), like)))
                .isInstanceOf(Receipt.Accepted.class);
        assertThat(nostr.happens(new Activity.Delete(
                        id(nora, "delete"), nora, clock.instant(), id(nora, "something nobody carried"))))
                .isInstanceOf(Receipt.Ignored.class);
        tell("delete");
        assertThat(shows(Profile.bare(nora, "@nora"))).isInstanceOf(Receipt.Ignored.class);
        restart();
        assertThat(shows(Profile.bare(nora, "@nora"))).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void whomTheOperatorRemovedGoesNowhereAndStaysRemoved() {
        clock.advance(Duration.ofSeconds(1));
        bridge.decided(new Sanction(true, "spam", clock.instant()).about(nora));
        bridge.bridgeOnly();
        clock.advance(Duration.ofSeconds(1));
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), MIGRATE);
        bridge.bridgeOnly();
        bridge.settle();
        assertThat(letter()).contains("None of your accounts");
        assertThat(moves()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        optIn(nora, nostr, Network.ACTIVITYPUB);
        assertThat(wants(nora, Network.ACTIVITYPUB)).isFalse();
    }

    @Test
    void whatWasSaidBeforeTheyAskedToBeCarriedChangesNothing() {
        Instant early = clock.instant().plusSeconds(1);
        clock.set(early.plusSeconds(10));
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "stop");
        bridge.settle();
        clock.set(early.plusSeconds(30));
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "start");
        bridge.settle();
        names(ghost(nora, Network.ACTIVITYPUB));
        clock.set(early.plusSeconds(20));
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), MIGRATE);
        clock.set(early.plusSeconds(40));
        bridge.settle();
        assertThat(letter()).contains("is carried on: you asked for it after");
        assertThat(moves()).isEmpty();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
    }

    @Test
    void whatACrashInterruptedIsDoneAlsoIfTheAccountIsSilentByThen() {
        var wish = new NativeEvent(
                id(nora, "message"),
                nora,
                NativeEvent.Kind.COMMAND,
                Set.of(bot(Network.NOSTR, Network.ACTIVITYPUB)),
                new Told(Command.read(MIGRATE), clock.instant()).body(),
                clock.instant());
        bridge.accept(wish);
        bridge.bridgeOne();
        restart();
        fedi.unanswering(own);
        bridge.accept(wish);
        bridge.settle();
        assertThat(moves()).singleElement().extracting(Activity.Move::target).isEqualTo(own);
        assertThat(letter()).contains("go on as @nora@fedi.example");
    }

    @Test
    void nobodyNewFollowsAStandInThatWentOn() {
        tell(MIGRATE);
        fedi.happens(new Activity.Follow(id(dora, "follow"), dora, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.settle();
        assertThat(ports.follows().find(dora, nora)).isEmpty();
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(dora))))
                .singleElement()
                .extracting(Activity.FollowAnswer::accepted)
                .isEqualTo(false);
    }
}
