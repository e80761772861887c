package dev.drawbridge.it.scenario;

import static dev.drawbridge.model.spi.DeliveryOutcome.Gone;
import static dev.drawbridge.model.spi.DeliveryOutcome.Refused;
import static dev.drawbridge.model.spi.DeliveryOutcome.Retry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.testkit.fake.FakeBridge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How what people write crosses: in order, once, and back again.
class CrossingScenariosTest extends Scenario {
    @Test
    void whatTheSourceSendsTwiceArrivesOnce() {
        optIn(alice, fedi, Network.NOSTR);
        var hello = post(alice, "hello", Optional.empty());
        fedi.happens(hello);
        fedi.happens(hello);
        bridge.redeliver();
        bridge.bridgeOnly();
        bridge.redeliver();
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactly("hello");
    }

    @Test
    void anEarlierVersionThatComesAgainUndoesNoEdit() {
        optIn(alice, fedi, Network.NOSTR);
        var first = post(alice, "hello", Optional.empty());
        fedi.happens(first);
        fedi.happens(new Activity.Edit(id(alice, "edit"), clock.instant(), first.post()));
        fedi.happens(new Activity.Publish(id(alice, "again"), clock.instant(), first.post()));
        bridge.settle();
        assertThat(only(Activity.Publish.class, nostr.all())).hasSize(1);
        assertThat(only(Activity.Edit.class, nostr.all())).hasSize(1);
    }

    @Test
    void aReplyFromTheOtherSideArrivesInTheThread() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var question = post(alice, "who is there?", Optional.empty());
        fedi.happens(question);
        bridge.settle();
        NativeId copy = ports.ledger()
                .copy(question.post().id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        nostr.happens(post(nora, "me", Optional.of(copy)));
        bridge.settle();
        var reply = only(Activity.Publish.class, fedi.at(fedi.inbox(alice)))
                .getFirst()
                .post();
        assertThat(reply.text().text()).isEqualTo("me");
        assertThat(reply.author()).isEqualTo(ghost(nora, Network.ACTIVITYPUB));
        assertThat(reply.inReplyTo()).contains(ObjectRef.of(question.post().id()));
    }

    @Test
    void aReplyWaitsDaysForItsParentAndComesAfterIt() {
        optIn(alice, fedi, Network.NOSTR);
        var parent = post(alice, "first", Optional.empty());
        nostr.failing((_, activity) ->
                activity instanceof Activity.Publish p && p.post().text().text().equals("first")
                        ? Optional.of(new Retry(Optional.empty(), "busy"))
                        : Optional.empty());
        fedi.happens(parent);
        fedi.happens(post(alice, "second", Optional.of(parent.post().id())));
        bridge.settle();
        bridge.after(Duration.ofHours(30));
        assertThat(texts(nostr.all())).isEmpty();
        nostr.working();
        bridge.after(Duration.ofHours(2));
        assertThat(texts(nostr.all())).containsExactly("first", "second");
        assertThat(ports.parking().count()).isZero();
    }

    @Test
    void aReplyThatOvertakesItsParentStillComesAfterIt() {
        optIn(alice, fedi, Network.NOSTR);
        var parent = post(alice, "first", Optional.empty());
        fedi.happens(parent);
        fedi.happens(post(alice, "second", Optional.of(parent.post().id())));
        bridge.bridgeOnly();
        bridge.reverseOutbox();
        bridge.settle();
        bridge.after(Duration.ofMinutes(2));
        assertThat(texts(nostr.all())).containsExactly("first", "second");
    }

    @Test
    void aReplyToAPostFromBeforeTheOptInBringsThatPostAlong() {
        var old = post(nora, "before I joined", Optional.empty());
        nostr.existed(old);
        clock.advance(Duration.ofMinutes(1));
        optIn(nora, nostr, Network.ACTIVITYPUB);
        nostr.happens(post(nora, "after", Optional.of(old.post().id())));
        bridge.settle();
        bridge.after(Duration.ofMinutes(5));
        bridge.after(Duration.ofMinutes(5));
        assertThat(texts(fedi.all())).containsExactly("before I joined", "after");
    }

    @Test
    void aThreadGoesOnWhereItsAuthorJoinedLater() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var first = post(nora, "first", Optional.empty());
        nostr.happens(first);
        nostr.happens(new Activity.Edit(id(nora, "edit"), clock.instant(), first.post()));
        bridge.settle();
        clock.advance(Duration.ofMinutes(1));
        optIn(nora, nostr, Network.ATPROTO);
        nostr.happens(post(nora, "second", Optional.of(first.post().id())));
        bridge.settle();
        bridge.after(Duration.ofMinutes(5));
        bridge.after(Duration.ofMinutes(5));
        assertThat(texts(sky.all())).containsExactly("first", "second");
        assertThat(texts(fedi.all())).containsExactly("first", "second");
    }

    @Test
    void aReplyToSomebodyWhoIsNotBridgedIsNotCarriedAndSaysWhy() {
        var theirs = post(dora, "not for export", Optional.empty());
        fedi.existed(theirs);
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(post(alice, "nice", Optional.of(theirs.post().id())));
        bridge.settle();
        assertThat(texts(nostr.all())).isEmpty();
        assertThat(ports.crossings().newest(1).getFirst().state()).isEqualTo(Crossings.State.SKIPPED);
        assertThat(ports.crossings().newest(1).getFirst().reason()).contains("not carried");
    }

    @Test
    void aDeleteReachesEveryPlaceTheCopyWentTo() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        for (NativeId follower : List.of(alice, dora)) {
            fedi.happens(new Activity.Follow(
                    id(follower, "follow"), follower, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        }
        var post = post(nora, "soon gone", Optional.empty());
        nostr.happens(post);
        bridge.settle();
        fedi.happens(new Activity.Unfollow(
                id(dora, "undo"), dora, clock.instant(), ghost(nora, Network.ACTIVITYPUB), Optional.empty()));
        nostr.happens(new Activity.Delete(
                id(nora, "delete"), nora, clock.instant(), post.post().id()));
        bridge.settle();
        for (NativeId follower : List.of(alice, dora)) {
            assertThat(only(Activity.Delete.class, fedi.at(fedi.inbox(follower))))
                    .hasSize(1);
        }
        assertThat(ports.ledger().copiesOf(post.post().id())).isEmpty();
    }

    @Test
    void aDeleteNeverOvertakesTheCreateThatWaits() {
        optIn(alice, fedi, Network.NOSTR);
        nostr.failing((_, activity) -> activity instanceof Activity.Publish
                ? Optional.of(new Retry(Optional.empty(), "busy"))
                : Optional.empty());
        var post = post(alice, "never mind", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), post.post().id()));
        bridge.settle();
        nostr.working();
        bridge.after(Duration.ofHours(1));
        assertThat(texts(nostr.all()))
                .as("deleted before it crossed: it never crosses")
                .isEmpty();
        assertThat(ports.parking().count()).isZero();
    }

    @Test
    void aDeleteThatArrivesFirstIsRemembered() {
        optIn(alice, fedi, Network.NOSTR);
        var post = post(alice, "late", Optional.empty());
        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), post.post().id()));
        fedi.happens(post);
        bridge.settle();
        assertThat(texts(nostr.all())).isEmpty();
    }

    @Test
    void nobodyDeletesWhatSomebodyElseWrote() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(dora, fedi, Network.NOSTR);
        var post = post(alice, "mine", Optional.empty());
        fedi.happens(post);
        fedi.happens(new Activity.Delete(
                id(dora, "delete"), dora, clock.instant(), post.post().id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, nostr.all())).isEmpty();
        assertThat(ports.ledger().tombstoned(post.post().id(), alice)).isFalse();
    }

    @Test
    void aSlowPlaceHoldsNobodyElseUpAndKeepsItsOrder() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        for (NativeId follower : List.of(alice, dora)) {
            fedi.happens(new Activity.Follow(
                    id(follower, "follow"), follower, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        }
        bridge.settle();
        fedi.failing((place, _) -> place.equals(fedi.inbox(alice))
                ? Optional.of(new Retry(Optional.of(Duration.ofMinutes(10)), "503"))
                : Optional.empty());
        for (String text : List.of("a", "b", "c")) {
            nostr.happens(post(nora, text, Optional.empty()));
            bridge.settle();
        }
        assertThat(texts(fedi.at(fedi.inbox(dora)))).containsExactly("a", "b", "c");
        assertThat(texts(fedi.at(fedi.inbox(alice)))).isEmpty();
        fedi.working();
        bridge.after(Duration.ofMinutes(5));
        assertThat(texts(fedi.at(fedi.inbox(alice))))
                .as("it asked for ten minutes")
                .isEmpty();
        bridge.after(Duration.ofMinutes(6));
        assertThat(texts(fedi.at(fedi.inbox(alice)))).containsExactly("a", "b", "c");
    }

    @Test
    void aRefusedDeliveryHoldsNothingUp() {
        optIn(alice, fedi, Network.NOSTR);
        nostr.failing((_, activity) ->
                activity instanceof Activity.Publish p && p.post().text().text().equals("bad")
                        ? Optional.of(new Refused("blocked: no"))
                        : Optional.empty());
        fedi.happens(post(alice, "bad", Optional.empty()));
        fedi.happens(post(alice, "good", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactly("good");
        assertThat(ports.crossings().count(Crossings.State.REFUSED)).isEqualTo(1);
    }

    @Test
    void aPlaceThatIsGoneIsForgotten() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        fedi.happens(
                new Activity.Follow(id(alice, "follow"), alice, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.settle();
        fedi.failing((place, _) -> place.equals(fedi.inbox(alice)) ? Optional.of(new Gone("410")) : Optional.empty());
        nostr.happens(post(nora, "anybody?", Optional.empty()));
        bridge.settle();
        assertThat(ports.follows().reachOf(nora, Network.ACTIVITYPUB, Optional.empty(), 9))
                .isEmpty();
        assertThat(ports.parking().count()).isZero();
    }

    @Test
    void whatCannotBeDeliveredForDaysIsKeptForTheOperator() {
        optIn(alice, fedi, Network.NOSTR);
        nostr.failing((_, _) -> Optional.of(new Retry(Optional.empty(), "down for good")));
        fedi.happens(post(alice, "lost?", Optional.empty()));
        bridge.settle();
        for (int hour = 0; hour < 80; hour++) {
            bridge.after(Duration.ofHours(1));
        }
        assertThat(ports.parking().count()).isZero();
        assertThat(ports.deadLetters().newest(10)).extracting(l -> l.reason()).containsExactly("down for good");
        assertThat(ports.crossings().count(Crossings.State.GIVEN_UP)).isEqualTo(1);
    }

    @Test
    void aPostThatWasGivenUpDoesNotComeAfterItsEdit() {
        var first = givenUpWithItsEdit();
        replay("better");
        replay("hello");
        assertThat(only(Activity.Edit.class, sky.all())).hasSize(1);
        assertThat(texts(sky.all())).isEmpty();
        assertThat(ports.crossings().newest(10))
                .extracting(Crossings.Crossing::reason)
                .contains("it was edited since");

        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), first.post().id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, sky.all())).hasSize(1);
        assertThat(ports.ledger().copiesOf(first.post().id())).isEmpty();
    }

    @Test
    void aPostThatWasGivenUpComesBeforeItsEdit() {
        givenUpWithItsEdit();
        replay("hello");
        replay("better");
        assertThat(texts(sky.all())).containsExactly("hello");
        assertThat(only(Activity.Edit.class, sky.all())).hasSize(1);
    }

    private Activity.Publish givenUpWithItsEdit() {
        sky.directoryDown(true);
        bridge = new FakeBridge(ports, clock, List.of(fedi, nostr, sky));
        optIn(alice, fedi, Network.ATPROTO);
        var first = post(alice, "hello", Optional.empty());
        fedi.happens(first);
        clock.advance(Duration.ofMinutes(1));
        Post better = first.post().toBuilder().text(RichText.plain("better")).build();
        fedi.happens(new Activity.Edit(id(alice, "edit"), clock.instant(), better));
        bridge.settle();
        for (int hour = 0; hour < 300 && ports.parking().count() > 0; hour++) {
            bridge.after(Duration.ofHours(1));
        }
        sky.directoryDown(false);
        return first;
    }

    private void replay(String text) {
        String letter = ports.deadLetters().newest(10).stream()
                .filter(l -> l.body().contains('"' + text + '"'))
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(bridge.deadLetters.replay(letter)).isEqualTo(DeadLetterDesk.Outcome.DONE);
        bridge.settle();
    }

    @Test
    void withoutADirectoryThePostWaitsForItsAuthorsGhost() {
        sky.directoryDown(true);
        bridge = new FakeBridge(ports, clock, List.of(fedi, nostr, sky));
        optIn(alice, fedi, Network.ATPROTO);
        fedi.happens(post(alice, "patience", Optional.empty()));
        bridge.settle();
        assertThat(sky.all()).isEmpty();
        sky.directoryDown(false);
        bridge.after(Duration.ofHours(1));
        assertThat(texts(sky.all())).containsExactly("patience");
        assertThat(sky.all().getFirst()).isInstanceOf(Activity.ProfileUpdate.class);
    }

    @Test
    void aLikeOfACopyReachesTheOriginalAndItsUndoToo() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var post = post(alice, "like me", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        NativeId copy = ports.ledger()
                .copy(post.post().id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        var like = new Activity.React(id(nora, "like"), nora, clock.instant(), ObjectRef.of(copy), Optional.empty());
        nostr.happens(like);
        bridge.settle();
        assertThat(only(Activity.React.class, fedi.at(fedi.inbox(alice))))
                .extracting(r -> r.target().id())
                .containsExactly(post.post().id());
        nostr.happens(new Activity.Delete(id(nora, "undo"), nora, clock.instant(), like.id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, fedi.at(fedi.inbox(alice)))).hasSize(1);
    }
}
