package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PollTally;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/// A poll of somebody who opted in, relays with votes, and what is told of them.
abstract class TallyScene extends ConnectorScene {
    static final String WANTED = "wss://votes.example/";
    static final Duration HOUR = Duration.ofHours(1);

    final Remote wanted = new Remote();
    Event poll = carol.note(now, "none yet");

    @BeforeEach
    void carolAsks() {
        world.sockets.serve(WANTED, wanted::open);
        world.watchlist.watch(carol.id());
        world.timer.run(Duration.ofSeconds(1));
        // From here on whoever waits for a connection gets it.
        world.timer.eager = true;
    }

    void asks(Tag... more) {
        Stream<Tag> tags = Stream.of(
                Tag.of("option", "a", "Tea"), Tag.of("option", "b", "Milk"), Tag.of("polltype", "singlechoice"));
        poll = carol.event(
                Kind.POLL, now, "What?", Stream.concat(tags, Stream.of(more)).toArray(Tag[]::new));
        relay.events.put(poll.id().hex(), poll);
        // Whoever asks anew is sent what is stored.
        world.watchlist.watch(people.person("nobody").id());
        world.timer.run(Duration.ofSeconds(1));
        assertThat(world.sink.taken())
                .extracting(NativeEvent::id)
                .containsExactly(new dev.drawbridge.model.NativeId(
                        dev.drawbridge.model.Network.NOSTR, poll.id().hex()));
    }

    static Tag ends(long seconds) {
        return Tag.of("endsAt", Long.toString(seconds));
    }

    void votes(Remote at, String name, String option) {
        long second = world.clock.instant().getEpochSecond();
        Event vote = people.person(name)
                .event(Kind.VOTE, second, "", Tag.of("e", poll.id().hex()), Tag.of("response", option));
        at.events.put(vote.id().hex(), vote);
    }

    List<PollTally> told() {
        List<PollTally> told = new ArrayList<>();
        for (NativeEvent event : world.sink.taken()) {
            assertThat(event.kind()).isEqualTo(NativeEvent.Kind.EDIT);
            assertThat(event.author()).isEqualTo(carol.id());
            told.add(((Reading.Read<PollTally>) PollTally.read(event.body().text())).value());
        }
        return told;
    }

    List<Long> counts() {
        List<PollTally> told = told();
        assertThat(told).hasSize(1);
        return told.getFirst().votes();
    }
}
