package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.InteractionPolicy.Rule;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.testkit.fake.FakeBridge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The result of a poll goes where the poll went, and nowhere else.
class PollScenariosTest extends Scenario {
    private static final List<Poll.Option> ASKED = List.of(new Poll.Option("yes", 0), new Poll.Option("no", 0));
    private static final List<Poll.Option> COUNTED = List.of(new Poll.Option("yes", 4), new Poll.Option("no", 1));

    private Activity.Publish poll(Optional<NativeId> parent) {
        var publish = post(alice, "tea?", parent);
        var poll = new Poll(ASKED, false, Optional.empty(), Optional.empty(), Optional.empty());
        return new Activity.Publish(
                publish.id(),
                publish.at(),
                publish.post().toBuilder().poll(Optional.of(poll)).build());
    }

    private Activity.Tally result(Post asked) {
        var poll = new Poll(COUNTED, false, Optional.empty(), Optional.of(clock.instant()), Optional.empty());
        return new Activity.Tally(
                id(alice, "result"),
                clock.instant(),
                asked.toBuilder().poll(Optional.of(poll)).build());
    }

    private void isNotTold() {
        assertThat(only(Activity.Tally.class, nostr.all())).isEmpty();
        assertThat(ports.crossings().newest(10))
                .filteredOn(crossing -> crossing.state() == Crossings.State.SKIPPED)
                .extracting(Crossings.Crossing::reason)
                .containsExactly("its poll is not here");
    }

    @Test
    void theResultIsToldWhereThePollIs() {
        optIn(alice, fedi, Network.NOSTR);
        var asked = poll(Optional.empty());
        fedi.happens(asked);
        fedi.happens(result(asked.post()));
        bridge.settle();
        assertThat(only(Activity.Tally.class, nostr.all())).hasSize(1);
    }

    /// Nora asks on Nostr, where votes are counted by whoever reads them.
    private Activity.Publish noraAsks() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        optIn(nora, nostr, Network.ATPROTO);
        fedi.happens(new Activity.Follow(id(dora, "follow"), dora, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        var words = post(nora, "tea?", Optional.empty());
        var poll = new Poll(ASKED, false, Optional.empty(), Optional.empty(), Optional.empty());
        var asked = new Activity.Publish(
                words.id(),
                words.at(),
                words.post().toBuilder().poll(Optional.of(poll)).build());
        nostr.happens(asked);
        bridge.settle();
        return asked;
    }

    private Activity.Tally counted(Post asked, Optional<Instant> closed) {
        var poll = new Poll(COUNTED, false, Optional.empty(), closed, Optional.of(5L));
        return new Activity.Tally(
                id(nora, "tally"),
                clock.instant(),
                asked.toBuilder().poll(Optional.of(poll)).build());
    }

    @Test
    void whatIsCountedWhilePeopleVoteGoesWhereItIsShown() {
        var asked = noraAsks();
        nostr.happens(counted(asked.post(), Optional.empty()));
        bridge.settle();
        assertThat(only(Activity.Tally.class, fedi.at(fedi.inbox(dora))))
                .singleElement()
                .satisfies(tally ->
                        assertThat(tally.post().poll().orElseThrow().options()).isEqualTo(COUNTED));
        assertThat(only(Activity.Tally.class, sky.all())).isEmpty();
        assertThat(texts(sky.all())).containsExactly("tea?");

        nostr.happens(counted(asked.post(), Optional.of(clock.instant())));
        bridge.settle();
        assertThat(only(Activity.Tally.class, fedi.at(fedi.inbox(dora)))).hasSize(2);
        assertThat(only(Activity.Tally.class, sky.all())).hasSize(1);
    }

    @Test
    void aCountSaysWhoMayDoWhatWithItAsEveryVersionDoes() {
        optIn(alice, fedi, Network.NOSTR);
        var asked = poll(Optional.empty());
        fedi.happens(asked);
        bridge.settle();
        var terms =
                new InteractionPolicy(Optional.of(Rule.NOBODY), Optional.empty(), Optional.empty(), Optional.empty());
        fedi.happens(
                result(asked.post().toBuilder().interactions(Optional.of(terms)).build()));
        bridge.settle();

        var known = ports.ledger().original(asked.post().id()).orElseThrow();
        assertThat(known.interactions()).contains(terms);
        assertThat(known.editedOn()).isEmpty();
        assertThat(known.plannedOn()).containsExactly(Network.NOSTR);
    }

    @Test
    void aResultThatRewritesWhatIsPutFirstPutsTheNewVersionFirst() {
        optIn(alice, fedi, Network.ATPROTO);
        var asked = poll(Optional.empty());
        fedi.happens(asked);
        fedi.happens(new Activity.Pin(
                id(alice, "pin"), alice, clock.instant(), asked.post().id(), true));
        bridge.settle();
        assertThat(only(Activity.Pin.class, sky.all())).hasSize(1);
        fedi.happens(result(asked.post()));
        bridge.settle();

        assertThat(sky.all()).last().isInstanceOf(Activity.Pin.class);
        assertThat(only(Activity.Pin.class, sky.all())).hasSize(2);
    }

    @Test
    void countsOfWhatNeverCrossedOrIsGoneAreNotTold() {
        var asked = noraAsks();
        var never = post(nora, "never asked", Optional.empty());
        nostr.happens(counted(never.post(), Optional.empty()));
        bridge.settle();
        assertThat(only(Activity.Tally.class, fedi.all())).isEmpty();
        assertThat(ports.crossings().newest(10))
                .as("nobody is bothered with it")
                .noneMatch(crossing -> crossing.state() == Crossings.State.SKIPPED);

        nostr.happens(new Activity.Delete(
                id(nora, "delete"), nora, clock.instant(), asked.post().id()));
        nostr.happens(counted(asked.post(), Optional.empty()));
        nostr.happens(counted(asked.post(), Optional.of(clock.instant())));
        bridge.settle();
        assertThat(only(Activity.Tally.class, fedi.all())).isEmpty();
        assertThat(only(Activity.Tally.class, sky.all())).isEmpty();
    }

    @Test
    void nobodyCountsWhatAnotherAsked() {
        var asked = noraAsks();
        NativeId mallory = nostr.person("mallory");
        optIn(mallory, nostr, Network.ACTIVITYPUB);
        Post stolen = asked.post().toBuilder().author(mallory).build();
        nostr.happens(counted(stolen, Optional.of(clock.instant())));
        bridge.settle();
        assertThat(only(Activity.Tally.class, fedi.all())).isEmpty();
    }

    @Test
    void whatWasAskedBeforeTheOptInIsNotToldByItsResult() {
        var asked = poll(Optional.empty());
        fedi.happens(asked);
        bridge.settle();
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(result(asked.post()));
        bridge.settle();
        isNotTold();
    }

    @Test
    void aPollThatWasRefusedAsAnAnswerIsNotToldByItsResult() {
        var asked = refusedAnswer();
        fedi.happens(result(asked.post()));
        bridge.settle();
        assertThat(only(Activity.Tally.class, nostr.all())).isEmpty();
    }

    /// Where it is asked about it is there; its edit is for nobody else either.
    @Test
    void anAnswerThatIsAskedAboutDoesNotComeToOthersAsItsEdit() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(new Activity.Follow(id(dora, "follow"), dora, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        var ask = new Rule(InteractionPolicy.People.NOBODY, InteractionPolicy.People.EVERYBODY);
        var asks = new InteractionPolicy(Optional.of(ask), Optional.empty(), Optional.empty(), Optional.empty());
        var words = post(alice, "ask me", Optional.empty());
        Post mine = words.post().toBuilder().interactions(Optional.of(asks)).build();
        fedi.happens(new Activity.Publish(words.id(), words.at(), mine));
        bridge.settle();
        NativeId copy = ports.ledger()
                .copy(mine.id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        var answer = post(nora, "may I", Optional.of(copy));
        nostr.happens(answer);
        bridge.settle();
        assertThat(texts(fedi.at(fedi.inbox(alice)))).contains("may I");
        assertThat(texts(fedi.at(fedi.inbox(dora)))).isEmpty();
        nostr.happens(new Activity.Edit(id(nora, "edit"), clock.instant(), answer.post()));
        bridge.settle();
        assertThat(only(Activity.Edit.class, fedi.at(fedi.inbox(alice)))).hasSize(1);
        assertThat(only(Activity.Edit.class, fedi.at(fedi.inbox(dora)))).isEmpty();
    }

    @Test
    void anAnswerThatWasRefusedDoesNotComeAsItsEdit() {
        var asked = refusedAnswer();
        fedi.happens(new Activity.Edit(id(alice, "edit"), clock.instant(), asked.post()));
        bridge.settle();
        assertThat(only(Activity.Edit.class, nostr.all())).isEmpty();
    }

    /// Alice answers nora, who wants no answers, with a poll.
    private Activity.Publish refusedAnswer() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var nobody =
                new InteractionPolicy(Optional.of(Rule.NOBODY), Optional.empty(), Optional.empty(), Optional.empty());
        var words = post(nora, "no answers please", Optional.empty());
        Post mine = words.post().toBuilder().interactions(Optional.of(nobody)).build();
        nostr.happens(new Activity.Publish(words.id(), words.at(), mine));
        bridge.settle();
        NativeId copy = ports.ledger()
                .copy(mine.id(), Network.ACTIVITYPUB)
                .orElseThrow()
                .ref()
                .id();
        var asked = poll(Optional.of(copy));
        fedi.happens(asked);
        bridge.settle();
        assertThat(texts(nostr.all())).doesNotContain("tea?");
        return asked;
    }

    @Test
    void aPollThatWasGivenUpComesAfterItsResultWasNotTold() {
        sky.directoryDown(true);
        bridge = new FakeBridge(ports, clock, List.of(fedi, nostr, sky));
        optIn(alice, fedi, Network.ATPROTO);
        var asked = poll(Optional.empty());
        fedi.happens(asked);
        bridge.settle();
        for (int hour = 0; hour < 300 && ports.parking().count() > 0; hour++) {
            bridge.after(Duration.ofHours(1));
        }
        sky.directoryDown(false);
        fedi.happens(result(asked.post()));
        bridge.settle();
        assertThat(only(Activity.Tally.class, sky.all())).isEmpty();

        String letter = ports.deadLetters().newest(10).stream()
                .filter(l -> l.body().contains("\"tea?\""))
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(bridge.deadLetters.replay(letter)).isEqualTo(DeadLetterDesk.Outcome.DONE);
        bridge.settle();
        assertThat(texts(sky.all())).containsExactly("tea?");
    }
}
