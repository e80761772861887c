package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.FakePeer;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Our relay in numbers.
class RelayMetersTest extends SessionScene {
    @Test
    void countsWhatClientsPublishByTheAnswer() {
        Event note = carol.note(now, "hello");
        publish(note);
        publish(note);
        publish(note.unsigned().signed(new byte[64]));
        publish(carol.note(now, "mine", Tag.of("-")));
        publish(ghost.note(now, "of a ghost"));
        say("[\"EVENT\",{\"id\":\"" + "ab".repeat(32) + "\"}]");
        store.broken = true;
        publish(carol.note(now, "another"));

        assertThat(meters.counts())
                .isEqualTo(Map.of(
                        "relay.events accepted", 1,
                        "relay.events duplicate", 1,
                        "relay.events invalid", 2,
                        "relay.events auth-required", 1,
                        "relay.events blocked", 1,
                        "relay.events error", 1));
    }

    @Test
    void aReasonNobodyFixedIsCountedAsAnother() {
        var relay = new RelayMeters(meters, hub);

        relay.answered(new RelayMessage.Ok("x", false, "something from elsewhere: 1"));
        relay.answered(new RelayMessage.Ok("x", false, ""));
        relay.answered(new RelayMessage.Ok("x", true, ""));

        assertThat(meters.counts()).isEqualTo(Map.of("relay.events other", 2, "relay.events accepted", 1));
    }

    @Test
    void showsConnectionsAndSubscriptions() {
        var other = new FakePeer();
        RelaySession second = open(other);
        ask("one", Filter.ANY);
        ask("one", Filter.ANY);
        ask("two", Filter.ANY);
        second.text(new ClientMessage.Request("one", java.util.List.of(Filter.ANY)).json());

        assertThat(meters.gauge("relay.connections")).isEqualTo(2);
        assertThat(meters.gauge("relay.subscriptions")).isEqualTo(3);
        say(new ClientMessage.Close("one").json());
        say(new ClientMessage.Close("one").json());
        second.closed(1000, "");
        assertThat(meters.gauge("relay.connections")).isEqualTo(1);
        assertThat(meters.gauge("relay.subscriptions")).isEqualTo(1);
    }

    @Test
    void saysHowLongItTakesToPublish() {
        store.whileSaving = () -> clock.advance(Duration.ofMillis(120));

        publish(carol.note(now, "hello"));

        assertThat(meters.times).containsExactly(Duration.ofMillis(120));
    }

    @Test
    void countsReadersThatWereCutOff() {
        peer.pending = parts.limits().pending() + 1;

        ask("one", Filter.ANY);

        assertThat(peer.closedWith).isEqualTo(1013);
        assertThat(meters.counts()).isEqualTo(Map.of("relay.cut slow-reader", 1));
    }
}
