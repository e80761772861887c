package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What somebody said before they opted in is refused at the door: a relay may repeat it whenever it likes, and what is
/// in a queue is kept.
class BeforeConsentScenariosTest extends Scenario {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static void isRefused(Receipt receipt) {
        assertThat(receipt).isEqualTo(new Receipt.Ignored("from before its author opted in"));
    }

    private static void isTaken(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
    }

    private Activity.Publish said(NativeId author) {
        return post(author, "said at " + clock.instant(), Optional.empty());
    }

    @Test
    void nothingThatARelayRepeatsFromBeforeIsKept() {
        Activity.Publish before = said(nora);
        var like = new Activity.React(
                id(nora, "like"), nora, clock.instant(), ObjectRef.of(id(dora, "post")), Optional.empty());
        var repost = new Activity.Repost(id(nora, "repost"), nora, clock.instant(), ObjectRef.of(id(dora, "post")));
        clock.advance(Duration.ofSeconds(1));
        optIn(nora, nostr, Network.ACTIVITYPUB);
        List.of(before, like, repost).forEach(old -> isRefused(nostr.happens(old)));
        isTaken(nostr.happens(said(nora)));
        clock.advance(MINUTE);
        isTaken(nostr.happens(said(nora)));
    }

    @Test
    void aRestartDoesNotForgetWhenTheyOptedIn() {
        Activity.Publish before = said(nora);
        clock.advance(MINUTE);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        clock.advance(MINUTE);
        Activity.Publish after = said(nora);
        clock.advance(MINUTE);
        restart();
        isRefused(nostr.happens(before));
        isTaken(nostr.happens(after));
    }

    @Test
    void whoComesBackIsCarriedFromThenOn() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        nostr.happens(
                new Activity.Block(id(nora, "block"), nora, clock.instant(), bot(Network.NOSTR, Network.ACTIVITYPUB)));
        bridge.settle();
        clock.advance(MINUTE);
        Activity.Publish away = said(nora);
        clock.advance(MINUTE);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        isRefused(nostr.happens(away));
    }

    @Test
    void theFirstNetworkTheyAskedForCounts() {
        clock.advance(MINUTE);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        clock.advance(MINUTE);
        Activity.Publish between = said(nora);
        clock.advance(MINUTE);
        optIn(nora, nostr, Network.ATPROTO);
        isTaken(nostr.happens(between));
        bridge.settle();
        assertThat(texts(fedi.all())).hasSize(1);
        assertThat(texts(sky.all())).as("older than the opt-in to there").isEmpty();
    }

    @Test
    void whatChangesOrTakesBackAlwaysGoesOn() {
        Activity.Publish before = said(nora);
        clock.advance(MINUTE);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        isTaken(nostr.happens(new Activity.Edit(id(nora, "edit"), clock.instant(), before.post())));
        isTaken(nostr.happens(new Activity.Delete(
                id(nora, "delete"), nora, before.at(), before.post().id())));
        isTaken(nostr.happens(
                new Activity.Block(id(nora, "block"), nora, before.at(), bot(Network.NOSTR, Network.ACTIVITYPUB))));
    }

    @Test
    void whatANetworkSendsWasSentAfterItWasAskedFor() {
        Activity.Publish before = said(alice);
        clock.advance(MINUTE);
        optIn(alice, fedi, Network.NOSTR);
        isTaken(fedi.happens(before));
    }

    @Test
    void whatSomethingWaitsForComesAllTheSame() {
        Activity.Publish before = said(nora);
        clock.advance(MINUTE);
        optIn(nora, nostr, Network.ATPROTO);
        nostr.existed(before);
        nostr.happens(
                post(nora, "an answer to herself", Optional.of(before.post().id())));
        sky.failing((_, _) -> Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "not now")));
        bridge.settle();
        isTaken(nostr.happens(before));
    }
}
