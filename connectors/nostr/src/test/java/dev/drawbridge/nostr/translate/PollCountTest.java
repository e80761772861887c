package dev.drawbridge.nostr.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PollTally;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How votes in a poll are counted, and what becomes of the counts.
class PollCountTest {
    private static final long ASKED = 1_772_300_000;
    private static final long ENDS = ASKED + 3_600;
    private static final Instant NOW = Instant.ofEpochSecond(ASKED + 60);

    private final People people = new People();
    private final People.Person carol = people.person("carol");
    private final People.Person dan = people.person("dan");
    private final People.Person eve = people.person("eve");
    private final NostrTranslator translator = new NostrTranslator(World.INSTANCE, false);

    private Event poll(String type, Tag... more) {
        Stream<Tag> tags = Stream.of(
                Tag.of("option", "a", "Tea"),
                Tag.of("option", "b", "Milk"),
                Tag.of("polltype", type),
                Tag.of("endsAt", Long.toString(ENDS)));
        return carol.event(
                Kind.POLL, ASKED, "What?", Stream.concat(tags, Stream.of(more)).toArray(Tag[]::new));
    }

    private static Event vote(People.Person voter, long at, Event poll, String... options) {
        List<Tag> tags = new ArrayList<>(List.of(Tag.of("e", poll.id().hex())));
        Stream.of(options).map(o -> Tag.of("response", o)).forEach(tags::add);
        return voter.event(Kind.VOTE, at, "", tags.toArray(Tag[]::new));
    }

    private static PollTally count(Event poll, Event... votes) {
        PollCount count = PollCount.of(poll).orElseThrow();
        Stream.of(votes).forEach(count::add);
        return count.at(NOW, false);
    }

    @Test
    void theLastVoteOfEachCounts() {
        Event poll = poll("singlechoice");
        Event first = vote(dan, ASKED + 1, poll, "a");
        Event later = vote(dan, ASKED + 2, poll, "b");
        Event other = vote(eve, ASKED + 1, poll, "b");

        assertThat(count(poll, later, other, first, other).votes()).containsExactly(0L, 2L);
        assertThat(count(poll, later, other, first, other).voters()).isEqualTo(2);
    }

    @Test
    void ofTwoVotesAtTheSameSecondItIsAlwaysTheSame() {
        Event poll = poll("singlechoice");
        Event one = vote(dan, ASKED + 1, poll, "a");
        Event two = vote(dan, ASKED + 1, poll, "b");

        assertThat(count(poll, one, two)).isEqualTo(count(poll, two, one));
    }

    @Test
    void whoMayChooseOnceChoosesTheFirst() {
        Event single = poll("singlechoice");
        Event several = poll("multiplechoice");

        assertThat(count(single, vote(dan, ASKED, single, "b", "a")).votes()).containsExactly(0L, 1L);
        assertThat(count(several, vote(dan, ASKED, several, "b", "a", "b")).votes())
                .containsExactly(1L, 1L);
        assertThat(count(several, vote(dan, ASKED, several, "b", "a")).voters()).isEqualTo(1);
    }

    @Test
    void whatIsLateOrAboutSomethingElseDoesNotCount() {
        Event poll = poll("singlechoice");
        Event another = poll("multiplechoice");

        assertThat(count(
                                poll,
                                vote(dan, ENDS + 1, poll, "a"),
                                vote(eve, ASKED, another, "a"),
                                eve.note(ASKED, "a", Tag.of("e", poll.id().hex())))
                        .votes())
                .containsExactly(0L, 0L);
        assertThat(count(poll, vote(dan, ENDS, poll, "a")).votes()).containsExactly(1L, 0L);
    }

    @Test
    void whoChoosesNothingThatIsThereDidNotVote() {
        Event poll = poll("singlechoice");

        assertThat(count(poll, vote(dan, ASKED, poll, "c")).voters()).isZero();
        assertThat(count(poll, vote(dan, ASKED, poll, "a"), vote(dan, ASKED + 1, poll))
                        .votes())
                .as("the last word of dan")
                .containsExactly(0L, 0L);
    }

    @Test
    void aNoteIsNoPoll() {
        assertThat(PollCount.of(carol.note(ASKED, "hi"))).isEmpty();
        assertThat(PollCount.of(carol.event(Kind.POLL, ASKED, "no options"))).isEmpty();
    }

    private Translation<List<Activity>> read(PollTally tally) {
        return translator.toCanonical(TallyIn.event(tally, NOW), Resolved.NOTHING, NOW);
    }

    @Test
    void theCountsAreThoseOfThePollAsItWasAsked() {
        Event poll = poll("singlechoice");
        PollTally tally = count(poll, vote(dan, ASKED, poll, "b"));
        var counted = (Activity.Tally)
                ((Translation.Translated<List<Activity>>) read(tally)).value().getFirst();
        NativeEvent asked = NativeEvents.of(poll, NOW);
        var publish = (Activity.Publish)
                ((Translation.Translated<List<Activity>>) translator.toCanonical(asked, Resolved.NOTHING, NOW))
                        .value()
                        .getFirst();

        assertThat(counted.hasEnded()).isFalse();
        assertThat(counted.at()).isEqualTo(NOW);
        assertThat(counted.post().poll())
                .contains(new Poll(
                        List.of(new Poll.Option("Tea", 0), new Poll.Option("Milk", 1)),
                        false,
                        Optional.of(Instant.ofEpochSecond(ENDS)),
                        Optional.empty(),
                        Optional.of(1L)));
        assertThat(counted.post().toBuilder().poll(Optional.empty()).build())
                .isEqualTo(publish.post().toBuilder().poll(Optional.empty()).build());
    }

    @Test
    void theResultIsAsOldAsTheEnd() {
        Event poll = poll("singlechoice");
        PollTally tally = PollCount.of(poll).orElseThrow().at(Instant.ofEpochSecond(ENDS + 60), true);
        var counted = (Activity.Tally)
                ((Translation.Translated<List<Activity>>) read(tally)).value().getFirst();

        assertThat(counted.hasEnded()).isTrue();
        assertThat(counted.at()).isEqualTo(Instant.ofEpochSecond(ENDS));
    }

    @Test
    void countsReadAsTheyWereWritten() {
        PollTally tally = count(poll("singlechoice"));

        assertThat(PollTally.read(tally.json())).isEqualTo(new Reading.Read<>(tally));
        assertThat(PollTally.read("{\"votes\":[1]}")).isInstanceOf(Reading.Unreadable.class);
        assertThat(PollTally.read("{\"votes\":[-1]}")).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void countsThatDoNotFitThePollAreMalformed() {
        PollTally tally = count(poll("singlechoice"));

        assertThat(read(new PollTally(tally.poll(), List.of(1L), 1, ASKED, false)))
                .isInstanceOf(Translation.Malformed.class);
        assertThat(read(new PollTally(carol.note(ASKED, "hi"), List.of(), 0, ASKED, false)))
                .isInstanceOf(Translation.Malformed.class);
    }

    @Test
    void ofAPollThatMustNotBePassedOnNothingIsTold() {
        assertThat(read(count(poll("singlechoice", Tag.of("-"))))).isInstanceOf(Translation.Skipped.class);
    }
}
