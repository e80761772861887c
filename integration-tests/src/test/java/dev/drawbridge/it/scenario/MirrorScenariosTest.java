package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Mirror;
import dev.drawbridge.engine.Mirror.Mode;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.fake.FakeBridge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Accounts that the operator carries for their owners.
class MirrorScenariosTest extends Scenario {
    private final Mirrors mirrors = new Mirrors();
    private final NativeId desk = fedi.person("desk");
    private Instant since = Instant.EPOCH;

    @BeforeEach
    void operated() {
        since = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        fedi.profile(Profile.builder(desk, "@desk@news.example")
                .bio(RichText.plain("News"))
                .build());
        operate();
    }

    private void operate() {
        bridge = new FakeBridge(
                ports,
                clock,
                List.of(fedi, nostr, sky),
                (_, _) -> Optional.of(Duration.ofMinutes(1)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, mirrors));
    }

    private void list(Mirror... listed) {
        bridge.mirror(mirrors, List.of(listed), ports);
        bridge.settle();
    }

    private Mirror mirror(Mode mode, Network... targets) {
        return new Mirror(desk, Set.of(targets), mode, "letter 12", since);
    }

    @Test
    void aMirrorIsCarriedToEveryNetworkAndSaysThatItIsOne() {
        list(mirror(Mode.BROADCAST, Network.NOSTR, Network.ATPROTO));
        fedi.happens(post(desk, "breaking", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactly("breaking");
        assertThat(texts(sky.all())).containsExactly("breaking");
        assertThat(ports.consents().find(desk, Network.NOSTR).orElseThrow().how())
                .isEqualTo("mirror: letter 12");
        assertThat(only(Activity.ProfileUpdate.class, nostr.all()))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.profile().bio().text())
                        .isEqualTo("News\n\nMirror of @desk@news.example, with permission."));
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(desk))))
                .as("bots follow it to be sent its posts")
                .hasSize(2);
    }

    @Test
    void aNewProfileSaysSoToo() {
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        Profile changed = Profile.builder(desk, "@desk@news.example").build();
        fedi.happens(new Activity.ProfileUpdate(id(desk, "profile"), clock.instant(), changed));
        bridge.settle();
        assertThat(only(Activity.ProfileUpdate.class, nostr.all())
                        .getLast()
                        .profile()
                        .bio()
                        .text())
                .isEqualTo("Mirror of @desk@news.example, with permission.");
    }

    @Test
    void nothingComesBackToABroadcastAndEverythingToAConversation() {
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        optIn(nora, nostr, Network.ACTIVITYPUB);
        reacts("one");
        assertThat(only(Activity.React.class, fedi.at(fedi.inbox(desk)))).isEmpty();
        assertThat(texts(fedi.at(fedi.inbox(desk)))).isEmpty();
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(desk))))
                .extracting(Activity.Follow::author)
                .doesNotContain(ghost(nora, Network.ACTIVITYPUB));

        list(mirror(Mode.CONVERSATION, Network.NOSTR));
        reacts("two");
        assertThat(only(Activity.React.class, fedi.at(fedi.inbox(desk)))).hasSize(1);
        assertThat(texts(fedi.at(fedi.inbox(desk)))).containsExactly("well said");
    }

    private void reacts(String words) {
        Activity.Publish post = post(desk, words, Optional.empty());
        fedi.happens(post);
        bridge.settle();
        NativeId copy = new NativeId(Network.NOSTR, "copy:" + post.post().id().key());
        nostr.happens(new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(desk, Network.NOSTR)));
        nostr.happens(
                new Activity.React(id(nora, "like"), nora, clock.instant(), ObjectRef.of(copy), Optional.empty()));
        nostr.happens(post(nora, "well said", Optional.of(copy)));
        bridge.settle();
    }

    @Test
    void whoIsTakenOffTheListLeavesAndMayBePutOnAgain() {
        list(mirror(Mode.BROADCAST, Network.NOSTR, Network.ATPROTO));
        fedi.happens(post(desk, "breaking", Optional.empty()));
        bridge.settle();
        clock.advance(Duration.ofMinutes(1));
        operate();
        list(mirror(Mode.BROADCAST, Network.ATPROTO));
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        assertThat(only(Activity.Delete.class, sky.all())).isEmpty();
        assertThat(wants(desk, Network.NOSTR)).isFalse();

        clock.advance(Duration.ofMinutes(1));
        list(mirror(Mode.BROADCAST, Network.NOSTR, Network.ATPROTO));
        assertThat(wants(desk, Network.NOSTR)).isTrue();
    }

    @Test
    void readingTheSameListAgainChangesNothing() {
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        bridge.mirror(mirrors, List.of(mirror(Mode.BROADCAST, Network.NOSTR)), ports);
        bridge.redeliver();
        bridge.settle();
        assertThat(ports.consents().audit(desk)).hasSize(1);
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(desk)))).hasSize(1);
    }

    @Test
    void nobodyIsMirroredWhoEverSaidNo() {
        fedi.happens(
                new Activity.Block(id(desk, "block"), desk, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        optIn(alice, fedi, Network.NOSTR);
        clock.advance(Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "stop");
        bridge.settle();
        clock.advance(Duration.ofSeconds(1));
        since = clock.instant();
        list(
                mirror(Mode.BROADCAST, Network.NOSTR),
                new Mirror(alice, Set.of(Network.NOSTR), Mode.BROADCAST, "x", since));
        assertThat(wants(desk, Network.NOSTR)).isFalse();
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        assertThat(fedi.happens(post(desk, "hello", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void aProfileThatAsksNotToBeFoundIsNotMirroredOnTheOperatorsWord() {
        fedi.profile(Profile.builder(desk, "@desk@news.example").locked(true).build());
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        assertThat(wants(desk, Network.NOSTR)).isFalse();
        fedi.profile(Profile.builder(desk, "@desk@news.example")
                .refusesBridging(true)
                .build());
        operate();
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        assertThat(wants(desk, Network.NOSTR)).isFalse();
        NativeId nobody = new NativeId(Network.ACTIVITYPUB, "nobody");
        list(new Mirror(nobody, Set.of(Network.NOSTR), Mode.BROADCAST, "x", since));
        assertThat(wants(nobody, Network.NOSTR)).isFalse();
    }

    @Test
    void theOwnerEndsItWithAWordAndItStaysEnded() {
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        fedi.happens(post(desk, "breaking", Optional.empty()));
        bridge.settle();
        clock.advance(Duration.ofSeconds(1));
        fedi.happens(
                new Activity.Block(id(desk, "block"), desk, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        bridge.settle();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        assertThat(wants(desk, Network.NOSTR)).isFalse();
    }

    @Test
    void aNoFromBeforeTheMirrorThatComesLateEndsIt() {
        var no = new Activity.Block(id(desk, "block"), desk, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR));
        clock.advance(Duration.ofSeconds(1));
        since = clock.instant();
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        assertThat(wants(desk, Network.NOSTR)).isTrue();
        fedi.happens(no);
        bridge.settle();
        assertThat(wants(desk, Network.NOSTR)).isFalse();
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        assertThat(wants(desk, Network.NOSTR)).isFalse();
    }

    @Test
    void theOperatorsEndDoesNotCoverANoOfTheOwner() {
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        clock.advance(Duration.ofSeconds(1));
        fedi.happens(
                new Activity.Block(id(desk, "block"), desk, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        bridge.mirror(mirrors, List.of(), ports);
        bridge.settle();
        clock.advance(Duration.ofSeconds(1));
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        assertThat(wants(desk, Network.NOSTR)).isFalse();
    }

    @Test
    void whoAskedThemselvesIsCarriedOnWhenTheMirrorEnds() {
        optIn(desk, fedi, Network.NOSTR);
        list(mirror(Mode.BROADCAST, Network.NOSTR));
        list();
        assertThat(wants(desk, Network.NOSTR)).isTrue();
    }
}
