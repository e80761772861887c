package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayMessage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How a pool finds and publishes single events, and which connections it keeps.
class RelayPoolTest extends PoolScene {
    @Test
    void findsEventsOnAnyRelayButNoForgedOnes() {
        Event note = carol.note(now, "hi");
        Event forged = people.person("mallory").note(now, "ho");
        sockets.serve(MAIN.value(), answering(note, forged.unsigned().signed(new byte[64])));
        run();

        assertThat(pool.find(note.id())).contains(note);
        assertThat(pool.find(forged.id())).isEmpty();
    }

    @Test
    void takesTheLatestOfWhatRelaysHave() {
        Event old = carol.event(0, now - 1, "{}");
        Event young = carol.event(0, now, "{}");
        sockets.serve(MAIN.value(), answering(young, old));
        run();

        assertThat(pool.latest(0, carol.key)).contains(young);
        assertThat(pool.latest(3, carol.key)).isEmpty();
    }

    @Test
    void findsNothingWhereNobodyIs() {
        sockets.remove(MAIN.value());
        run();

        assertThat(pool.find(carol.note(now, "hi").id())).isEmpty();
        assertThat(pool.troubles()).singleElement().asString().contains("UNREACHABLE");
    }

    /// A relay that has some events and sends them whatever is asked.
    private static java.util.function.Function<SocketPeer, SocketSession> answering(Event... events) {
        return peer -> new SocketSession() {
            @Override
            public void text(String message) {
                if (ClientMessage.read(message) instanceof ClientMessage.Request(String name, var _)) {
                    for (Event event : events) {
                        peer.send(new RelayMessage.Sent(name, event).json());
                    }
                    peer.send(new RelayMessage.EndOfStored(name, true).json());
                }
            }

            @Override
            public void closed(int code, String reason) {}
        };
    }

    @Test
    void leavesARelayItOnlyPublishedTo() {
        run();
        sockets.serve(THEIRS.value(), new Answers(true, "")::open);
        Event note = carol.note(now, "hi");
        var outcome = publisher.publish(note, THEIRS);
        world.timer.run();

        assertThat(outcome.join()).isEqualTo(new DeliveryOutcome.Delivered(Optional.empty()));
        assertThat(sockets.connected(THEIRS.value())).isTrue();
        world.timer.run(Duration.ofMinutes(1));
        assertThat(sockets.connected(THEIRS.value())).isFalse();
        assertThat(sockets.connected(MAIN.value())).isTrue();
    }

    @Test
    void connectsToNobodyOnceStopped() {
        run();
        pool.stop();
        world.watchlist.changed();
        world.timer.run(Duration.ofHours(1));

        assertThat(sockets.attempts).isEqualTo(1);
        assertThat(sockets.connected(MAIN.value())).isFalse();
    }
}
