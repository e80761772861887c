package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.MyPosts;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.DeliveryOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Somebody takes one post back that crossed.
class TakeBackScenariosTest extends Scenario {
    private MyPosts mine() {
        var terms = new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors());
        return new MyAccount(
                        ports, new Connectors(List.of(fedi, nostr, sky)), terms, bridge::decided, clock, new Random(1))
                .posts();
    }

    private Activity.Publish crossed() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(alice, fedi, Network.ATPROTO);
        var post = post(alice, "Low tide", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        return post;
    }

    private boolean takeBack(NativeId person, Activity.Publish post) {
        clock.advance(Duration.ofSeconds(1));
        boolean taken = mine().takeBack(person, post.post().id().value());
        bridge.settle();
        return taken;
    }

    @Test
    void everyCopyOfItGoesAndNoOther() {
        var post = crossed();
        fedi.happens(post(alice, "High tide", Optional.empty()));
        bridge.settle();
        var copies = ports.ledger().copiesOf(post.post().id()).stream()
                .map(copy -> copy.ref().id())
                .toList();
        assertThat(copies).extracting(NativeId::network).containsExactlyInAnyOrder(Network.NOSTR, Network.ATPROTO);
        assertThat(takeBack(alice, post)).isTrue();
        assertThat(Stream.of(nostr, sky).flatMap(network -> only(Activity.Delete.class, network.all()).stream()))
                .extracting(Activity.Delete::target)
                .containsExactlyInAnyOrderElementsOf(copies);
        assertThat(ports.ledger().copiesOf(post.post().id())).isEmpty();
        assertThat(wants(alice, Network.NOSTR)).isTrue();
        assertThat(mine().newest(alice))
                .filteredOn(MyPosts.Item::takenBack)
                .extracting(MyPosts.Item::original)
                .containsExactly(post.post().id());
    }

    @Test
    void aLaterEditOrTheSamePostAgainDoesNotBringItBack() {
        var post = crossed();
        takeBack(alice, post);
        int before = nostr.all().size() + sky.all().size();
        clock.advance(Duration.ofMinutes(1));
        var changed = Post.builder(post.post().id(), alice, clock.instant())
                .text(RichText.plain("Low tide, really"))
                .build();
        fedi.happens(new Activity.Edit(id(alice, "edit"), clock.instant(), changed));
        fedi.happens(post);
        bridge.settle();
        assertThat(nostr.all().size() + sky.all().size()).isEqualTo(before);
        assertThat(ports.ledger().copiesOf(post.post().id())).isEmpty();
    }

    @Test
    void nobodyTakesBackWhatAnotherWrote() {
        var post = crossed();
        optIn(dora, fedi, Network.NOSTR);
        assertThat(takeBack(dora, post)).isFalse();
        assertThat(only(Activity.Delete.class, nostr.all())).isEmpty();
    }

    @Test
    void whatIsTakenBackTwiceIsTakenBackOnce() {
        var post = crossed();
        clock.advance(Duration.ofSeconds(1));
        mine().takeBack(alice, post.post().id().value());
        bridge.redeliver();
        bridge.settle();
        assertThat(takeBack(alice, post)).as("nothing is there any more").isFalse();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
    }

    @Test
    void aCopyThatStayedIsTakenBackWhenTheyAskAgain() {
        var post = crossed();
        nostr.failing((_, _) -> Optional.of(new DeliveryOutcome.Refused("not today")));
        assertThat(takeBack(alice, post)).isTrue();
        assertThat(ports.ledger().copiesOf(post.post().id())).hasSize(1);
        nostr.working();
        optIn(dora, fedi, Network.NOSTR);
        assertThat(takeBack(dora, post)).as("by another").isFalse();
        assertThat(takeBack(alice, post)).isTrue();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        assertThat(ports.ledger().copiesOf(post.post().id())).isEmpty();
        assertThat(takeBack(alice, post)).as("nothing is left").isFalse();
    }

    @Test
    void aCopyThatStayedIsKnownByItsOwnName() {
        var post = crossed();
        nostr.failing((_, _) -> Optional.of(new DeliveryOutcome.Refused("not today")));
        takeBack(alice, post);
        nostr.working();
        var copy = ports.ledger().copiesOf(post.post().id()).getFirst().ref().id();
        clock.advance(Duration.ofSeconds(1));
        assertThat(mine().takeBack(alice, copy.value())).isTrue();
        bridge.settle();
        assertThat(ports.ledger().copiesOf(post.post().id())).isEmpty();
    }

    @Test
    void aPlaceThatIsDownGivesItBackWhenItIsThereAgain() {
        var post = crossed();
        nostr.failing((_, _) -> Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "it is down")));
        takeBack(alice, post);
        assertThat(only(Activity.Delete.class, sky.all())).hasSize(1);
        assertThat(ports.ledger().copiesOf(post.post().id())).hasSize(1);
        nostr.working();
        clock.advance(Duration.ofHours(1));
        bridge.settle();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        assertThat(ports.ledger().copiesOf(post.post().id())).isEmpty();
    }
}
