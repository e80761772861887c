package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PollTally;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.translate.TallyIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What counting takes at most, and what is not told twice.
class TalliesLimitsTest extends TallyScene {
    private List<NativeEvent> tallies() {
        return world.sink.taken().stream()
                .filter(event -> event.kind() == NativeEvent.Kind.EDIT)
                .toList();
    }

    @Test
    void whatIsOverIsNotCountedAgainAfterAStart() {
        asks(ends(now + 600));
        votes(relay, "dan", "a");
        world.timer.run(Duration.ofMinutes(20));
        assertThat(told()).last().satisfies(tally -> assertThat(tally.ended()).isTrue());
        connector.stop();
        relay.of(Kind.VOTE).forEach(vote -> relay.events.remove(vote.id().hex()));
        new NostrConnector(world.context, store, world.timer, Runnable::run).start(world.sink);
        world.timer.run(Duration.ofHours(2));

        assertThat(tallies()).isEmpty();
    }

    @Test
    void whatEndedLongAgoIsNotCounted() {
        asks(ends(now - 172_800));
        votes(relay, "dan", "a");
        world.timer.run(HOUR);

        assertThat(told()).isEmpty();
    }

    @Test
    void thereIsOneResultHoweverOftenItIsCounted() {
        asks(ends(now + 600));
        var first = new PollTally(poll, List.of(1L, 0L), 1, now + 700, true);
        var second = new PollTally(poll, List.of(0L, 0L), 0, now + 9_000, true);
        var running = new PollTally(poll, List.of(0L, 0L), 0, now, false);

        assertThat(TallyIn.event(second, world.clock.instant()).id())
                .isEqualTo(TallyIn.event(first, world.clock.instant()).id())
                .isNotEqualTo(TallyIn.event(running, world.clock.instant()).id());
    }

    @Test
    void fewerVotesAreToldInTheEndAlsoWhilePeopleVote() {
        asks();
        votes(relay, "dan", "a");
        votes(relay, "eve", "a");
        world.timer.run(Duration.ofMinutes(10));
        assertThat(counts()).containsExactly(2L, 0L);
        relay.events.remove(relay.of(Kind.VOTE).getLast().id().hex());
        world.timer.run(Duration.ofMinutes(50));
        assertThat(told()).isEmpty();
        world.timer.run(HOUR);
        assertThat(counts()).containsExactly(1L, 0L);
    }

    /// A relay that has nothing, and does something before it says so.
    private static SocketSession slow(SocketPeer peer, Runnable before) {
        return new SocketSession() {
            @Override
            public void text(String message) {
                if (ClientMessage.read(message) instanceof ClientMessage.Request(String name, var _)) {
                    before.run();
                    peer.send(new RelayMessage.EndOfStored(name, true).json());
                }
            }

            @Override
            public void closed(int code, String reason) {}
        };
    }

    @Test
    void onePollIsNotReadForEver() {
        List<String> asked = new ArrayList<>();
        List<Tag> tags = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            String url = "wss://" + name + ".slow.example/";
            tags.add(Tag.of("relay", url));
            world.sockets.serve(
                    url,
                    peer -> slow(peer, () -> {
                        asked.add(name);
                        world.clock.advance(Duration.ofSeconds(40));
                    }));
        }
        asks(tags.toArray(Tag[]::new));
        votes(relay, "dan", "a");
        world.timer.run(Duration.ofMinutes(4));

        assertThat(asked).startsWith("a", "b").doesNotContain("c", "d");
        assertThat(counts()).containsExactly(1L, 0L);
    }

    @Test
    void whatWasCountedTooLateIsNotToldAsIfPeopleStillVoted() {
        world.sockets.serve(WANTED, peer -> slow(peer, () -> world.clock.advance(Duration.ofSeconds(40))));
        asks(ends(now + 30), Tag.of("relay", WANTED));
        votes(relay, "dan", "a");
        world.timer.run(HOUR);

        assertThat(told()).singleElement().satisfies(tally -> {
            assertThat(tally.ended()).isTrue();
            assertThat(tally.votes()).containsExactly(1L, 0L);
        });
    }

    @Test
    void aRelayThatBringsForgeriesIsNotReadToItsEnd() {
        asks();
        votes(relay, "dan", "a");
        world.clock.advance(Duration.ofSeconds(1));
        for (int n = 0; n < 10; n++) {
            votes(relay, "forger" + n, "b");
        }
        relay.of(Kind.VOTE).stream()
                .skip(1)
                .toList()
                .forEach(vote ->
                        relay.events.put(vote.id().hex(), vote.unsigned().signed(new byte[64])));
        world.timer.run(HOUR);

        assertThat(told()).isEmpty();
    }
}
