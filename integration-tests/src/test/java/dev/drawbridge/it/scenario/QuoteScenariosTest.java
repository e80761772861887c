package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Quote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where a quote needs a permission, the quoted author is asked, and whoever has the quote hears what they answer.
class QuoteScenariosTest extends Scenario {
    private Activity.Publish quoted = post(alice, "mine", Optional.empty());

    @BeforeEach
    void everybodyIsHere() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(alice, fedi, Network.ATPROTO);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        optIn(nora, nostr, Network.ATPROTO);
        nostr.happens(new Activity.Follow(id(nora, "x"), nora, clock.instant(), ghost(alice, Network.NOSTR)));
        fedi.happens(new Activity.Follow(id(dora, "f"), dora, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        quoted = post(alice, "mine", Optional.empty());
        fedi.happens(quoted);
        bridge.settle();
    }

    private Activity.Publish quotes(NativeId original) {
        NativeId copy = ports.ledger()
                .copy(original, Network.NOSTR)
                .map(c -> c.ref().id())
                .orElse(original);
        var plain = post(nora, "look", Optional.empty());
        var publish = new Activity.Publish(
                plain.id(),
                plain.at(),
                plain.post().toBuilder().quote(Optional.of(Quote.of(copy))).build());
        nostr.happens(publish);
        bridge.settle();
        return publish;
    }

    private List<Activity.InteractionRequest> asked() {
        return only(Activity.InteractionRequest.class, fedi.at(fedi.inbox(alice)));
    }

    private NativeId copyOf(Activity.Publish publish) {
        return ports.ledger()
                .copy(publish.post().id(), Network.ACTIVITYPUB)
                .orElseThrow()
                .ref()
                .id();
    }

    private Activity.InteractionAnswer answer(
            NativeId author, NativeId requester, NativeId instrument, Optional<String> stamp) {
        var answer = new Activity.InteractionAnswer(
                id(author, "accept"),
                author,
                clock.instant(),
                id(author, "request"),
                requester,
                InteractionPolicy.Kind.QUOTE,
                ObjectRef.of(quoted.post().id()),
                Optional.of(instrument),
                stamp.isPresent(),
                stamp.map(s -> new NativeId(Network.ACTIVITYPUB, s)));
        fedi.happens(answer);
        bridge.settle();
        return answer;
    }

    private List<Activity.InteractionAnswer> heardBy(NativeId person) {
        return only(Activity.InteractionAnswer.class, fedi.at(fedi.inbox(person)));
    }

    @Test
    void theQuotedAuthorIsAskedAndNobodyElse() {
        var publish = quotes(quoted.post().id());
        assertThat(asked()).singleElement().satisfies(request -> {
            assertThat(request.author()).isEqualTo(ghost(nora, Network.ACTIVITYPUB));
            assertThat(request.target().id()).isEqualTo(quoted.post().id());
            assertThat(request.instrument()).contains(copyOf(publish));
        });
        assertThat(only(Activity.InteractionRequest.class, fedi.at(fedi.inbox(dora))))
                .isEmpty();
        assertThat(only(Activity.InteractionRequest.class, sky.all())).isEmpty();
        assertThat(only(Activity.InteractionRequest.class, nostr.all())).isEmpty();
    }

    @Test
    void whoeverHasTheQuoteHearsTheAnswer() {
        var publish = quotes(quoted.post().id());
        var yes = answer(alice, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.of("stamp"));
        assertThat(heardBy(dora)).containsExactly(yes);
        assertThat(heardBy(alice)).containsExactly(yes);
        var no = answer(alice, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.empty());
        assertThat(heardBy(dora)).containsExactly(yes, no);
        assertThat(only(Activity.InteractionAnswer.class, sky.all())).isEmpty();
    }

    @Test
    void onlyTheQuotedAuthorAnswers() {
        var publish = quotes(quoted.post().id());
        optIn(dora, fedi, Network.NOSTR);
        answer(dora, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.of("stamp"));
        answer(alice, ghost(dora, Network.NOSTR), copyOf(publish), Optional.of("stamp"));
        answer(alice, ghost(nora, Network.ACTIVITYPUB), id(nora, "unknown"), Optional.of("stamp"));
        assertThat(heardBy(dora)).isEmpty();
        assertThat(heardBy(alice)).isEmpty();
    }

    @Test
    void whoQuotesThemselvesAsksNobody() {
        var own = post(nora, "mine too", Optional.empty());
        nostr.happens(own);
        bridge.settle();
        quotes(own.post().id());
        assertThat(only(Activity.InteractionRequest.class, fedi.all())).isEmpty();
    }

    @Test
    void whereTheAnswerIsKnownToBeNoNobodyIsAsked() {
        var nobody = InteractionPolicy.Rule.NOBODY;
        var terms = new InteractionPolicy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(nobody));
        var closed = post(alice, "not this", Optional.empty());
        fedi.happens(new Activity.Publish(
                closed.id(),
                closed.at(),
                closed.post().toBuilder().interactions(Optional.of(terms)).build()));
        bridge.settle();
        quotes(closed.post().id());
        assertThat(asked()).isEmpty();
    }

    @Test
    void whatTheAuthorAllowsAfterwardsGoesToEverybodyAndCanBeTakenBack() {
        var ask = new InteractionPolicy.Rule(InteractionPolicy.People.NOBODY, InteractionPolicy.People.EVERYBODY);
        var terms = new InteractionPolicy(Optional.of(ask), Optional.empty(), Optional.empty(), Optional.empty());
        quoted = post(alice, "ask me", Optional.empty());
        fedi.happens(new Activity.Publish(
                quoted.id(),
                quoted.at(),
                quoted.post().toBuilder().interactions(Optional.of(terms)).build()));
        bridge.settle();
        NativeId seen = ports.ledger()
                .copy(quoted.post().id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        var reply = post(nora, "may I?", Optional.of(seen));
        nostr.happens(reply);
        bridge.settle();
        assertThat(texts(fedi.at(fedi.inbox(dora)))).doesNotContain("may I?");
        var yes = replyAnswer(alice, copyOf(reply), true);
        assertThat(heardBy(dora)).containsExactly(yes);
        assertThat(heardBy(alice)).containsExactly(yes);
        nostr.happens(new Activity.Delete(
                id(nora, "delete"), nora, clock.instant(), reply.post().id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, fedi.at(fedi.inbox(dora)))).hasSize(1);
    }

    private Activity.InteractionAnswer replyAnswer(NativeId author, NativeId instrument, boolean accepted) {
        var answer = new Activity.InteractionAnswer(
                id(author, "accept"),
                author,
                clock.instant(),
                instrument,
                ghost(nora, Network.ACTIVITYPUB),
                InteractionPolicy.Kind.REPLY,
                ObjectRef.of(quoted.post().id()),
                Optional.of(instrument),
                accepted,
                Optional.of(new NativeId(Network.ACTIVITYPUB, "stamp")));
        fedi.happens(answer);
        bridge.settle();
        return answer;
    }

    @Test
    void aNoToAnAnswerIsToldToNobody() {
        var reply = post(
                nora,
                "may I?",
                ports.ledger()
                        .copy(quoted.post().id(), Network.NOSTR)
                        .map(c -> c.ref().id()));
        nostr.happens(reply);
        bridge.settle();
        replyAnswer(alice, copyOf(reply), false);
        assertThat(heardBy(dora)).isEmpty();
    }

    @Test
    void askedTwiceIsAskedOnce() {
        var publish = quotes(quoted.post().id());
        nostr.happens(publish);
        bridge.redeliver();
        bridge.settle();
        assertThat(asked()).hasSize(1);
    }

    @Test
    void whatIsSaidAgainIsNotToldAgain() {
        var publish = quotes(quoted.post().id());
        var no = answer(alice, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.empty());
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(1));
            answer(alice, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.empty());
        }
        assertThat(heardBy(dora)).containsExactly(no);
        clock.advance(Duration.ofMinutes(1));
        var yes = answer(alice, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.of("stamp"));
        assertThat(heardBy(dora)).containsExactly(no, yes);
    }

    @Test
    void anAnswerThatIsBridgedTwiceIsPlannedTwice() {
        var publish = quotes(quoted.post().id());
        var no = new Activity.InteractionAnswer(
                id(alice, "reject"),
                alice,
                clock.instant(),
                id(alice, "request"),
                ghost(nora, Network.ACTIVITYPUB),
                InteractionPolicy.Kind.QUOTE,
                ObjectRef.of(quoted.post().id()),
                Optional.of(copyOf(publish)),
                false,
                Optional.empty());
        fedi.happens(no);
        bridge.bridgeOnly();
        int once = bridge.planned();
        fedi.happens(no);
        bridge.bridgeOnly();
        assertThat(bridge.planned()).as("as after a crash").isEqualTo(2 * once).isPositive();
        bridge.settle();
        assertThat(heardBy(dora)).containsExactly(no);
    }

    @Test
    void whoChangesTheirMindForeverHasSaidNo() {
        var publish = quotes(quoted.post().id());
        for (int i = 0; i < 40; i++) {
            clock.advance(Duration.ofMinutes(1));
            answer(
                    alice,
                    ghost(nora, Network.ACTIVITYPUB),
                    copyOf(publish),
                    i % 2 == 0 ? Optional.of("stamp " + i) : Optional.empty());
        }
        assertThat(heardBy(dora)).hasSizeLessThan(13);
        assertThat(heardBy(dora).getLast().accepted()).isFalse();
    }

    private void revokes(NativeId author, String stamp) {
        fedi.happens(new Activity.Delete(
                id(author, "delete"), author, clock.instant(), new NativeId(Network.ACTIVITYPUB, stamp)));
        bridge.settle();
    }

    private List<Boolean> answersHeardByDora() {
        return heardBy(dora).stream().map(Activity.InteractionAnswer::accepted).toList();
    }

    @Test
    void whoDeletesTheirPermissionSaysNo() {
        var publish = quotes(quoted.post().id());
        answer(alice, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.of("stamp"));
        clock.advance(Duration.ofMinutes(1));
        revokes(alice, "stamp");
        assertThat(answersHeardByDora()).containsExactly(true, false);
        var no = heardBy(dora).getLast();
        assertThat(no.instrument()).contains(copyOf(publish));
        assertThat(no.target().id()).isEqualTo(quoted.post().id());
        assertThat(only(Activity.Delete.class, nostr.all())).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        revokes(alice, "stamp");
        assertThat(answersHeardByDora()).as("once").containsExactly(true, false);
    }

    @Test
    void whoLeftTheBridgeCanStillDeleteTheirPermission() {
        var publish = quotes(quoted.post().id());
        answer(alice, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.of("stamp"));
        for (Network target : List.of(Network.NOSTR, Network.ATPROTO)) {
            fedi.happens(new Activity.Block(id(alice, "b"), alice, clock.instant(), bot(Network.ACTIVITYPUB, target)));
        }
        bridge.after(Duration.ofMinutes(1));
        revokes(alice, "stamp");
        assertThat(answersHeardByDora()).containsExactly(true, false);
    }

    @Test
    void nobodyElseDeletesThePermission() {
        var publish = quotes(quoted.post().id());
        answer(alice, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.of("stamp"));
        optIn(dora, fedi, Network.NOSTR);
        clock.advance(Duration.ofMinutes(1));
        revokes(dora, "stamp");
        assertThat(answersHeardByDora()).containsExactly(true);
        revokes(alice, "another stamp");
        assertThat(answersHeardByDora()).containsExactly(true);
    }

    @Test
    void aPermissionThatWasDeletedBeforeItCameIsNone() {
        var publish = quotes(quoted.post().id());
        revokes(alice, "stamp");
        answer(alice, ghost(nora, Network.ACTIVITYPUB), copyOf(publish), Optional.of("stamp"));
        assertThat(heardBy(dora)).isEmpty();
    }
}
