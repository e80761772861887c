package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Mirror;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.fake.FakeBridge;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A network that things only come from: nobody there has an account to follow a bot with.
class ReceiveOnlyScenariosTest extends Scenario {
    private final FakeNetwork feed = FakeNetwork.receiveOnly(Network.FEED, clock);
    private final NativeId news = feed.person("https://news.example/rss.xml");
    private final Mirrors mirrors = new Mirrors();
    private Instant since = Instant.EPOCH;

    @BeforeEach
    void withAFeed() {
        since = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        feed.profile(Profile.builder(news, "news.example")
                .bio(RichText.plain("News"))
                .automated(true)
                .build());
        bridge = new FakeBridge(
                ports,
                clock,
                List.of(fedi, nostr, sky, feed),
                (_, _) -> Optional.of(Duration.ofMinutes(1)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, mirrors));
    }

    private void list(Mirror... listed) {
        bridge.mirror(mirrors, List.of(listed), ports);
        bridge.settle();
    }

    private Mirror mirror() {
        return new Mirror(
                news,
                Set.of(Network.ACTIVITYPUB, Network.NOSTR, Network.ATPROTO),
                Mirror.Mode.BROADCAST,
                "letter 12",
                since);
    }

    @Test
    void itHasNoBotsAndThereIsNoneForIt() {
        for (Network other : List.of(Network.ACTIVITYPUB, Network.NOSTR, Network.ATPROTO)) {
            assertThat(ports.identities().find(Ghost.botOrigin(other), Network.FEED))
                    .isEmpty();
            assertThat(ports.identities().find(Ghost.botOrigin(Network.FEED), other))
                    .isEmpty();
            assertThat(ports.identities().find(Ghost.botOrigin(Network.NOSTR), Network.ACTIVITYPUB))
                    .isPresent();
        }
    }

    @Test
    void aMirrorOfItReachesEveryOtherNetworkWithTheLineThatSaysSo() {
        assertThat(feed.happens(post(news, "before", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
        list(mirror());
        feed.happens(post(news, "breaking", Optional.empty()));
        bridge.settle();
        for (FakeNetwork network : List.of(fedi, nostr, sky)) {
            assertThat(texts(network.all())).containsExactly("breaking");
            assertThat(only(Activity.ProfileUpdate.class, network.all()))
                    .isNotEmpty()
                    .allSatisfy(p -> assertThat(p.profile().bio().text())
                            .isEqualTo("News\n\nMirror of news.example, with permission."));
        }
    }

    @Test
    void whatPeopleSayToItsGhostGoesNowhereAndFailsNowhere() {
        list(mirror());
        Activity.Publish post = post(news, "breaking", Optional.empty());
        feed.happens(post);
        bridge.settle();
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var copy = new NativeId(Network.NOSTR, "copy:" + post.post().id().key());
        nostr.happens(new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(news, Network.NOSTR)));
        nostr.happens(post(nora, "well said", Optional.of(copy)));
        nostr.happens(new Activity.Block(id(nora, "block"), nora, clock.instant(), ghost(news, Network.NOSTR)));
        bridge.settle();
        assertThat(feed.all()).isEmpty();
        assertThat(ports.deadLetters().count()).isZero();
        assertThat(ports.parking().count()).isZero();
    }

    @Test
    void nobodyIsCarriedToIt() {
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "start all");
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), "start feed");
        bridge.settle();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
        assertThat(wants(nora, Network.FEED)).isFalse();
        nostr.happens(post(nora, "hello", Optional.empty()));
        bridge.settle();
        assertThat(feed.all()).isEmpty();
    }

    @Test
    void itsMirrorEndsWithEveryCopyLikeAnyOther() {
        list(mirror());
        feed.happens(post(news, "breaking", Optional.empty()));
        bridge.settle();
        clock.advance(Duration.ofMinutes(1));
        list();
        for (FakeNetwork network : List.of(fedi, nostr, sky)) {
            assertThat(only(Activity.Delete.class, network.all())).hasSize(1);
            assertThat(wants(news, network.network())).isFalse();
        }
        assertThat(feed.happens(post(news, "after", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }
}
