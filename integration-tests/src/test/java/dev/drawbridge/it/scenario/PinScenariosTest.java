package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.spi.DeliveryOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/// What somebody puts first is first where their posts went, and no longer when they take it down. Two networks are
/// told what changes; on the third the profile says it.
class PinScenariosTest extends Scenario {
    private Activity.Pin pin(NativeId author, NativeId post, boolean pinned) {
        return new Activity.Pin(id(author, "pin"), author, clock.instant(), post, pinned);
    }

    private Activity.Publish posted(NativeId author, String text) {
        var publish = post(author, text, Optional.empty());
        (author.network().equals(Network.ACTIVITYPUB) ? fedi : author.network().equals(Network.NOSTR) ? nostr : sky)
                .happens(publish);
        bridge.settle();
        return publish;
    }

    private NativeId copy(Activity.Publish publish, Network on) {
        return ports.ledger().copy(publish.post().id(), on).orElseThrow().ref().id();
    }

    private static List<Tuple> pins(List<Activity> arrived) {
        return only(Activity.Pin.class, arrived).stream()
                .map(p -> tuple(p.target(), p.pinned()))
                .toList();
    }

    /// What the profile of a ghost puts first, as it was told last: the copy by itself, the original in a profile.
    private Optional<NativeId> shown() {
        return sky.all().stream()
                .flatMap(activity -> switch (activity) {
                    case Activity.Pin p -> Stream.of(Optional.of(p.target()).filter(_ -> p.pinned()));
                    case Activity.ProfileUpdate p ->
                        Stream.of(p.profile().pins().orElseThrow().stream().findFirst());
                    default -> Stream.<Optional<NativeId>>empty();
                })
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private void aliceIsCarried() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(alice, fedi, Network.ATPROTO);
    }

    @Test
    void whatIsPutFirstIsFirstEverywhereUntilItIsTakenDown() {
        aliceIsCarried();
        var one = posted(alice, "one");
        var two = posted(alice, "two");
        fedi.happens(pin(alice, one.post().id(), true));
        fedi.happens(pin(alice, two.post().id(), true));
        bridge.settle();
        assertThat(pins(nostr.all()))
                .containsExactly(tuple(copy(one, Network.NOSTR), true), tuple(copy(two, Network.NOSTR), true));
        assertThat(shown()).contains(copy(two, Network.ATPROTO));
        assertThat(ports.preferences().of(alice).pins())
                .containsExactly(two.post().id(), one.post().id());

        fedi.happens(pin(alice, two.post().id(), false));
        bridge.settle();
        assertThat(pins(nostr.all())).last().isEqualTo(tuple(copy(two, Network.NOSTR), false));
        assertThat(shown()).contains(copy(one, Network.ATPROTO));
        assertThat(only(Activity.ProfileUpdate.class, sky.all()))
                .as("what she says about herself is told when she comes, and not again")
                .hasSize(1);
        assertThat(ports.crossings().newest(50)).noneMatch(c -> c.state() == Crossings.State.SKIPPED);
    }

    @Test
    void anUpdateOfTheProfileKeepsWhatIsPutFirstAlsoAfterAStart() {
        aliceIsCarried();
        var one = posted(alice, "one");
        fedi.happens(pin(alice, one.post().id(), true));
        bridge.settle();
        restart();
        var news = Profile.builder(alice, "@alice").bio(RichText.plain("news")).build();
        fedi.happens(new Activity.ProfileUpdate(id(alice, "update"), clock.instant(), news));
        bridge.settle();

        assertThat(shown()).contains(one.post().id());
        assertThat(only(Activity.ProfileUpdate.class, sky.all())
                        .getLast()
                        .profile()
                        .bio())
                .isEqualTo(RichText.plain("news"));
        assertThat(only(Activity.ProfileUpdate.class, nostr.all())
                        .getLast()
                        .profile()
                        .pins())
                .as("it is told apart there")
                .isEmpty();
    }

    private final NativeId skye = sky.person("skye");

    private void skyeSays(Optional<List<NativeId>> pins) {
        var profile = Profile.builder(skye, "@skye").pins(pins).build();
        sky.happens(new Activity.ProfileUpdate(id(skye, "profile"), clock.instant(), profile));
        bridge.settle();
    }

    @Test
    void aProfileThatPutsSomethingFirstIsToldAsWhatChanges() {
        optIn(skye, sky, Network.ACTIVITYPUB);
        optIn(skye, sky, Network.NOSTR);
        fedi.happens(new Activity.Follow(id(dora, "follow"), dora, clock.instant(), ghost(skye, Network.ACTIVITYPUB)));
        var one = posted(skye, "one");
        var two = posted(skye, "two");
        skyeSays(Optional.of(List.of(one.post().id())));
        assertThat(pins(fedi.at(fedi.inbox(dora)))).containsExactly(tuple(copy(one, Network.ACTIVITYPUB), true));
        assertThat(pins(nostr.all())).containsExactly(tuple(copy(one, Network.NOSTR), true));

        skyeSays(Optional.of(List.of(one.post().id())));
        skyeSays(Optional.empty());
        assertThat(pins(nostr.all())).as("nothing changed, or nothing was said").hasSize(1);

        skyeSays(Optional.of(List.of(two.post().id())));
        assertThat(pins(nostr.all()))
                .endsWith(tuple(copy(one, Network.NOSTR), false), tuple(copy(two, Network.NOSTR), true));
        skyeSays(Optional.of(List.of()));
        assertThat(pins(fedi.at(fedi.inbox(dora))))
                .hasSize(4)
                .last()
                .isEqualTo(tuple(copy(two, Network.ACTIVITYPUB), false));
    }

    @Test
    void aProcessThatEndsBeforeAChangeIsSafeTellsItAfterwards() {
        optIn(skye, sky, Network.NOSTR);
        var one = posted(skye, "one");
        var two = posted(skye, "two");
        skyeSays(Optional.of(List.of(one.post().id())));
        var profile = Profile.builder(skye, "@skye")
                .pins(Optional.of(List.of(two.post().id())))
                .build();
        var again = new Activity.ProfileUpdate(id(skye, "profile"), clock.instant(), profile);
        sky.happens(again);
        bridge.bridgeInVain();
        bridge.bridgeInVain();
        assertThat(ports.preferences().of(skye).pins())
                .containsExactly(two.post().id());
        bridge.settle();
        assertThat(pins(nostr.all()))
                .endsWith(tuple(copy(one, Network.NOSTR), false), tuple(copy(two, Network.NOSTR), true));
        int told = pins(nostr.all()).size();
        sky.happens(again);
        bridge.settle();
        assertThat(pins(nostr.all())).as("twice is once").hasSize(told);
        assertThat(ports.preferences().of(skye).pins())
                .containsExactly(two.post().id());
    }

    @Test
    void puttingSomethingFirstDoesNotMakeItCross() {
        var old = post(alice, "from before", Optional.empty());
        fedi.existed(old);
        clock.advance(Duration.ofDays(1));
        aliceIsCarried();
        fedi.happens(pin(alice, old.post().id(), true));
        bridge.settle();

        assertThat(texts(nostr.all())).isEmpty();
        assertThat(texts(sky.all())).isEmpty();
        assertThat(pins(nostr.all())).isEmpty();
        assertThat(ports.preferences().of(alice).pins()).isEmpty();
        assertThat(ports.crossings().newest(10))
                .filteredOn(c -> c.state() == Crossings.State.SKIPPED)
                .hasSize(2)
                .allSatisfy(c -> assertThat(c.reason()).isEqualTo("what is pinned did not cross"));
    }

    @Test
    void aProfileThatPutsFirstWhatDidNotCrossChangesNothing() {
        optIn(skye, sky, Network.ACTIVITYPUB);
        skyeSays(Optional.of(List.of(id(skye, "post"))));

        assertThat(pins(fedi.all())).isEmpty();
        assertThat(ports.preferences().of(skye).pins()).isEmpty();
    }

    @Test
    void whatIsPutFirstBeforeItIsThereWaitsForIt() {
        aliceIsCarried();
        nostr.failing((_, activity) -> activity instanceof Activity.Publish
                ? Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "not now"))
                : Optional.empty());
        var one = posted(alice, "one");
        fedi.happens(pin(alice, one.post().id(), true));
        bridge.settle();
        assertThat(pins(nostr.all())).isEmpty();
        nostr.working();
        bridge.after(Duration.ofHours(1));

        assertThat(texts(nostr.all())).containsExactly("one");
        assertThat(pins(nostr.all())).containsExactly(tuple(copy(one, Network.NOSTR), true));
    }

    @Test
    void whatIsTakenDownWhileItWaitsIsNotPutUpAfterwards() {
        aliceIsCarried();
        nostr.failing((_, activity) -> activity instanceof Activity.Publish
                ? Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "not now"))
                : Optional.empty());
        var one = posted(alice, "one");
        fedi.happens(pin(alice, one.post().id(), true));
        fedi.happens(pin(alice, one.post().id(), false));
        bridge.settle();
        nostr.working();
        bridge.after(Duration.ofHours(1));

        assertThat(texts(nostr.all())).containsExactly("one");
        assertThat(pins(nostr.all())).doesNotContain(tuple(copy(one, Network.NOSTR), true));
        assertThat(shown()).isEmpty();
    }

    @Test
    void ofWhoLeftNothingIsRemembered() {
        optIn(alice, fedi, Network.NOSTR);
        var one = posted(alice, "one");
        clock.advance(Duration.ofMinutes(1));
        fedi.happens(new Activity.Unfollow(
                id(alice, "unfollow"),
                alice,
                clock.instant(),
                bot(Network.ACTIVITYPUB, Network.NOSTR),
                Optional.empty()));
        bridge.settle();
        fedi.happens(pin(alice, one.post().id(), true));
        bridge.settle();

        assertThat(ports.preferences().of(alice).pins()).isEmpty();
    }

    @Test
    void whatIsDeletedIsNotFirstAnyMore() {
        aliceIsCarried();
        var one = posted(alice, "one");
        var two = posted(alice, "two");
        fedi.happens(pin(alice, one.post().id(), true));
        fedi.happens(pin(alice, two.post().id(), true));
        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), two.post().id()));
        bridge.settle();

        assertThat(shown()).contains(copy(one, Network.ATPROTO));
        int told = pins(sky.all()).size();
        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), two.post().id()));
        bridge.settle();
        assertThat(pins(sky.all())).as("a step that is done again").hasSize(told + 1);
        assertThat(shown()).contains(copy(one, Network.ATPROTO));

        fedi.happens(pin(alice, one.post().id(), true));
        bridge.settle();
        assertThat(ports.preferences().of(alice).pins())
                .containsExactly(one.post().id());
    }

    @Test
    void whatIsEditedIsFirstWhereItStandsNow() {
        aliceIsCarried();
        var one = posted(alice, "one");
        fedi.happens(pin(alice, one.post().id(), true));
        bridge.settle();
        int before = pins(sky.all()).size();
        Post better = one.post().toBuilder().text(RichText.plain("better")).build();
        fedi.happens(new Activity.Edit(id(alice, "edit"), clock.instant(), better));
        bridge.settle();

        assertThat(pins(sky.all())).hasSize(before + 1);
        assertThat(shown()).contains(copy(one, Network.ATPROTO));
    }

    @Test
    void nobodyPutsFirstWhatAnotherMade() {
        aliceIsCarried();
        optIn(dora, fedi, Network.NOSTR);
        var one = posted(alice, "one");
        fedi.happens(pin(dora, one.post().id(), true));
        bridge.settle();

        assertThat(pins(nostr.all())).isEmpty();
        assertThat(ports.preferences().of(dora).pins()).isEmpty();
    }

    @Test
    void whoLeavesPutsNothingFirstWhenTheyComeBack() {
        aliceIsCarried();
        var one = posted(alice, "one");
        fedi.happens(pin(alice, one.post().id(), true));
        bridge.settle();
        for (Network target : List.of(Network.NOSTR, Network.ATPROTO)) {
            clock.advance(Duration.ofMinutes(1));
            fedi.happens(new Activity.Unfollow(
                    id(alice, "unfollow"), alice, clock.instant(), bot(Network.ACTIVITYPUB, target), Optional.empty()));
            bridge.settle();
        }
        assertThat(ports.preferences().of(alice).pins()).isEmpty();
    }
}
